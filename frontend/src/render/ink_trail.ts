import { penRadius, simulatedPressure } from "../elements/freedraw/pen";
import { type Box, boxOf, inflate, union } from "../geometry/box";

/** A piece of ink between two points: x, y and radius of both, six numbers each. */
const PIECE = 6;
/** The share of the way to the pointer that ink goes at once; perfect-freehand's streamline of 0.5. */
const FOLLOW = 0.575;

/**
 * Ink while it is drawn, in pieces: each new point adds one, and the last, from the smoothed end to
 * the pointer itself, is replaced by the next. Local units of the stroke.
 */
export class InkTrail {
  private pieces = new Float32Array(64 * PIECE);
  private count = 0;
  private points = 0;
  private x = 0;
  private y = 0;
  private rawX = 0;
  private rawY = 0;
  private pressure = 0.5;
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
    if (this.points++ === 0) {
      [this.x, this.y, this.rawX, this.rawY] = [x, y, x, y];
      this.pressure = this.simulated ? 0.5 : pressure;
      this.radius = this.radiusAt(this.pressure);
      this.put(0, x, y, this.radius, x, y, this.radius);
      this.count = 1;
      return inflate(boxOf(x, y, x, y), this.radius);
    }
    const before = boxOf(this.x, this.y, this.rawX, this.rawY);
    const nextX = this.x + (x - this.x) * FOLLOW;
    const nextY = this.y + (y - this.y) * FOLLOW;
    const distance = Math.hypot(nextX - this.x, nextY - this.y);
    const next = this.simulated
      ? simulatedPressure(this.pressure, distance, this.strokeWidth)
      : pressure;
    // Half way, as the outline averages pressure, so that widths do not jump.
    this.pressure = (this.pressure + next) / 2;
    const radius = this.radiusAt(this.pressure);
    const last = this.count - 1;
    this.put(last, this.x, this.y, this.radius, nextX, nextY, radius);
    this.put(this.count++, nextX, nextY, radius, x, y, radius);
    const now = boxOf(
      Math.min(this.x, x, nextX),
      Math.min(this.y, y, nextY),
      Math.max(this.x, x, nextX),
      Math.max(this.y, y, nextY),
    );
    const reach = Math.max(radius, this.radius);
    [this.x, this.y, this.rawX, this.rawY] = [nextX, nextY, x, y];
    this.radius = radius;
    return inflate(union(before, now), reach);
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
    this.pieces[at] = ax;
    this.pieces[at + 1] = ay;
    this.pieces[at + 2] = ar;
    this.pieces[at + 3] = bx;
    this.pieces[at + 4] = by;
    this.pieces[at + 5] = br;
  }
}
