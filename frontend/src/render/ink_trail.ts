import { penRadius, simulatedPressure } from "../elements/freedraw/pen";
import { type Box, boxOf, EMPTY_BOX, inflate, union } from "../geometry/box";

/** A piece of ink between two points: x, y and radius of both, six numbers each. */
const PIECE = 6;
/** The share of the way to the pointer that ink goes at once: perfect-freehand's for a streamline of 0.5. */
const FOLLOW = 0.575;
/** The width at the start follows from so many points, as in the finished outline. */
const OPENING = 10;
/** Curves are drawn in straight steps of about this length, in world units. */
const STEP = 6;
const MOST_STEPS = 10;
/** perfect-freehand takes the first point of a stroke without pressures as a light one. */
const LIGHT = 0.25;

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/**
 * Ink while it is drawn, in pieces: each new point adds some, and the last two, which lead to the
 * pointer itself, are replaced by the next. Widths and smoothing are those of perfect-freehand
 * (MIT), so that little changes when the finished outline takes its place. Local units of the stroke.
 */
export class InkTrail {
  private pieces = new Float32Array(64 * PIECE);
  /** Pieces in all, and those of them that will not change any more. */
  private count = 0;
  private settled = 0;
  private points = 0;
  private readonly opening: Sample[] = [];
  private x = 0;
  private y = 0;
  private rawX = 0;
  private rawY = 0;
  private midX = 0;
  private midY = 0;
  private midRadius = 0;
  private pressure = 0;
  private radius = 0;

  /** `simulated`: the pointer tells no pressure, it follows from the speed. */
  constructor(
    private readonly strokeWidth: number,
    private readonly constantWidth: number | null,
    private readonly simulated: boolean,
  ) {}

  get length(): number {
    return this.points;
  }

  /** Adds a point; answers the box that looks different now. */
  add(x: number, y: number, pressure: number): Box {
    this.points++;
    const sample = { x, y, pressure };
    if (this.opening.length >= OPENING) return this.extend(sample);
    this.opening.push(sample);
    const before = this.box();
    this.restart();
    for (const one of this.opening) this.extend(one);
    return union(before, this.box());
  }

  /** Traces the pieces that touch the box, all wound the same way, so that overlaps fill once. */
  trace(path: CanvasPath, box: Box): boolean {
    let any = false;
    const { pieces } = this;
    for (let i = 0; i < this.count; i++) {
      const at = i * PIECE;
      const ax = pieces[at]!;
      const ay = pieces[at + 1]!;
      const ar = pieces[at + 2]!;
      const bx = pieces[at + 3]!;
      const by = pieces[at + 4]!;
      const br = pieces[at + 5]!;
      const reach = Math.max(ar, br);
      if (
        Math.max(ax, bx) + reach < box.minX ||
        Math.min(ax, bx) - reach > box.maxX ||
        Math.max(ay, by) + reach < box.minY ||
        Math.min(ay, by) - reach > box.maxY
      ) {
        continue;
      }
      any = true;
      path.moveTo(bx + br, by);
      path.arc(bx, by, br, 0, 2 * Math.PI);
      if (i === 0) {
        path.moveTo(ax + ar, ay);
        path.arc(ax, ay, ar, 0, 2 * Math.PI);
      }
      const length = Math.hypot(bx - ax, by - ay);
      if (length === 0) continue;
      const nx = -(by - ay) / length;
      const ny = (bx - ax) / length;
      path.moveTo(ax - nx * ar, ay - ny * ar);
      path.lineTo(bx - nx * br, by - ny * br);
      path.lineTo(bx + nx * br, by + ny * br);
      path.lineTo(ax + nx * ar, ay + ny * ar);
      path.closePath();
    }
    return any;
  }

  /** Starts again from the first point, with the pressure that the opening of the stroke suggests. */
  private restart(): void {
    const first = this.opening[0]!;
    let { x, y } = first;
    let pressure = this.simulated ? LIGHT : first.pressure;
    for (const sample of this.opening) {
      const nextX = x + (sample.x - x) * FOLLOW;
      const nextY = y + (sample.y - y) * FOLLOW;
      const next = this.simulated
        ? simulatedPressure(pressure, Math.hypot(nextX - x, nextY - y), this.strokeWidth)
        : sample.pressure;
      pressure = (pressure + next) / 2;
      [x, y] = [nextX, nextY];
    }
    [this.x, this.y, this.rawX, this.rawY] = [first.x, first.y, first.x, first.y];
    this.pressure = pressure;
    this.radius = this.radiusAt(this.simulated ? pressure : first.pressure);
    [this.midX, this.midY, this.midRadius] = [first.x, first.y, this.radius];
    this.put(0, first.x, first.y, this.radius, first.x, first.y, this.radius);
    this.settled = 0;
    this.count = 1;
  }

  private extend({ x, y, pressure }: Sample): Box {
    if (x === this.rawX && y === this.rawY) return EMPTY_BOX;
    const { x: atX, y: atY, midX, midY, midRadius } = this;
    const nextX = atX + (x - atX) * FOLLOW;
    const nextY = atY + (y - atY) * FOLLOW;
    const distance = Math.hypot(nextX - atX, nextY - atY);
    this.pressure = this.simulated
      ? simulatedPressure(this.pressure, distance, this.strokeWidth)
      : pressure;
    const radius = this.radiusAt(this.pressure);
    const endX = (atX + nextX) / 2;
    const endY = (atY + nextY) / 2;
    const endRadius = (this.radius + radius) / 2;
    let box = union(boxOf(midX, midY, atX, atY), boxOf(this.rawX, this.rawY, x, y));
    box = inflate(union(box, boxOf(nextX, nextY, endX, endY)), Math.max(radius, this.widest()));

    // What was the tail becomes a curve around the last point, from middle to middle.
    const length = Math.hypot(atX - midX, atY - midY) + distance / 2;
    const steps = Math.min(Math.max(Math.ceil(length / STEP), 1), MOST_STEPS);
    let [fromX, fromY, fromRadius] = [midX, midY, midRadius];
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      const u = 1 - t;
      const toX = u * u * midX + 2 * u * t * atX + t * t * endX;
      const toY = u * u * midY + 2 * u * t * atY + t * t * endY;
      const toRadius = midRadius + (endRadius - midRadius) * t;
      this.put(this.settled++, fromX, fromY, fromRadius, toX, toY, toRadius);
      [fromX, fromY, fromRadius] = [toX, toY, toRadius];
    }
    [this.midX, this.midY, this.midRadius] = [endX, endY, endRadius];
    [this.x, this.y, this.radius, this.rawX, this.rawY] = [nextX, nextY, radius, x, y];
    this.put(this.settled, endX, endY, endRadius, nextX, nextY, radius);
    this.put(this.settled + 1, nextX, nextY, radius, x, y, radius);
    this.count = this.settled + 2;
    return box;
  }

  /** The largest radius of the tail, which is about to be replaced. */
  private widest(): number {
    return Math.max(this.radius, this.midRadius);
  }

  /** Everything traced so far; asked for only while the stroke is short. */
  private box(): Box {
    let box = EMPTY_BOX;
    for (let i = 0; i < this.count; i++) {
      const [ax, ay, ar, bx, by, br] = this.pieces.subarray(i * PIECE) as unknown as [
        ax: number,
        ay: number,
        ar: number,
        bx: number,
        by: number,
        br: number,
      ];
      box = union(box, inflate(boxOf(ax, ay, bx, by), Math.max(ar, br)));
    }
    return box;
  }

  private radiusAt(pressure: number): number {
    return this.constantWidth === null
      ? penRadius(this.strokeWidth, pressure)
      : this.constantWidth / 2;
  }

  private put(
    piece: number,
    ax: number,
    ay: number,
    ar: number,
    bx: number,
    by: number,
    br: number,
  ): void {
    const at = piece * PIECE;
    if (at + PIECE > this.pieces.length) {
      const grown = new Float32Array(this.pieces.length * 2);
      grown.set(this.pieces);
      this.pieces = grown;
    }
    this.pieces.set([ax, ay, ar, bx, by, br], at);
  }
}
