import { flatten } from "../../geometry/bezier";
import { ellipseRing } from "../../geometry/polygon";

/** What a clean outline is drawn with; a canvas and a `Path2D` are such. */
export interface Tracer {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  bezierCurveTo(c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number): void;
  ellipse(
    x: number,
    y: number,
    rx: number,
    ry: number,
    turn: number,
    from: number,
    to: number,
  ): void;
  closePath(): void;
}

/** Straight pieces for each curve: a corner of radius 32 is off by less than a fifth of a unit. */
const PIECES = 8;
/** Corners of a whole ellipse: off by half a thousandth of its radius. */
const AROUND = 96;

/** Follows an outline with straight pieces: the ring that fingers and arrows meet. */
export class RingTracer implements Tracer {
  /** Flat coordinates. */
  readonly points: number[] = [];

  moveTo(x: number, y: number): void {
    this.points.push(x, y);
  }

  lineTo(x: number, y: number): void {
    this.points.push(x, y);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    const [fromX, fromY] = this.last();
    const third = (end: number, control: number) => end + (2 / 3) * (control - end);
    this.bezierCurveTo(third(fromX, cx), third(fromY, cy), third(x, cx), third(y, cy), x, y);
  }

  bezierCurveTo(a: number, b: number, c: number, d: number, x: number, y: number): void {
    const flat = flatten(...this.last(), [[a, b, c, d, x, y]], PIECES);
    for (let i = 2; i < flat.length; i++) this.points.push(flat[i]!);
  }

  ellipse(x: number, y: number, rx: number, ry: number): void {
    this.points.push(...ellipseRing(x, y, rx, ry, AROUND));
  }

  closePath(): void {}

  private last(): [number, number] {
    return [this.points.at(-2) ?? 0, this.points.at(-1) ?? 0];
  }
}
