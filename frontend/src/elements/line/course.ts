/** The course of a line or arrow: its points, scaled as its place says, and the curve through them. */
import type { Arrow, Line } from "../../generated/protocol";
import { type Cubic, curveThrough, flatten } from "../../geometry/bezier";
import { type Box, boxOfFlat } from "../../geometry/box";
import { flatPoints } from "../flat_points";
import { RecentCache } from "../recent_cache";

export type Linear = Line | Arrow;
export type Pair = [x: number, y: number];

export interface Course {
  readonly points: Float32Array;
  /** What a finger meets: corners for sharp lines, many short pieces for curves. */
  readonly flat: Float32Array;
  readonly cubics: readonly Cubic[];
  /** The last point lies on the first, so that it can be filled. */
  readonly loop: boolean;
  /** The extent of the points. */
  readonly width: number;
  readonly height: number;
}

const LOOP_DISTANCE = 8;
/** The corner of an elbow arrow is rounded by this radius, if its sections are long enough. */
const ELBOW_RADIUS = 16;

const courses = new RecentCache<Linear, Course>(4000);
const boxes = new WeakMap<Uint8Array, { curve: Linear["curve"]; box: Box }>();

export function courseOf(element: Linear): Course {
  const known = courses.get(element);
  if (known !== undefined) return known;
  const [, , sx, sy] = element.place;
  const course = courseThrough(scaled(flatPoints(element.points).xy, sx, sy), element.curve);
  courses.set(element, course);
  return course;
}

/** Takes the course over to a newer version of an element with the same one. */
export function keepCourse(before: Linear, after: Linear): void {
  const known = courses.get(before);
  if (
    known !== undefined &&
    before.points === after.points &&
    before.curve === after.curve &&
    before.place[2] === after.place[2] &&
    before.place[3] === after.place[3]
  ) {
    courses.set(after, known);
  }
}

/** The box of the curve in local coordinates (not scaled). */
export function localBoxOf(element: Linear): Box {
  const known = boxes.get(element.points);
  if (known !== undefined && known.curve === element.curve) return known.box;
  const { xy } = flatPoints(element.points);
  const flat = element.curve === "round" ? courseThrough(xy, "round").flat : xy;
  const box = flat.length === 0 ? ORIGIN : boxOfFlat(flat);
  boxes.set(element.points, { curve: element.curve, box });
  return box;
}

const ORIGIN: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

function courseThrough(points: Float32Array, curve: Linear["curve"]): Course {
  const last = points.length - 2;
  const loop =
    points.length >= 6 &&
    Math.hypot(points[0]! - points[last]!, points[1]! - points[last + 1]!) <= LOOP_DISTANCE;
  const cubics =
    points.length < 4
      ? []
      : curve === "round"
        ? curveThrough(points)
        : curve === "elbow"
          ? elbowThrough(points)
          : straightThrough(points);
  const flat =
    curve === "sharp" || cubics.length === 0
      ? points
      : flatten(points[0]!, points[1]!, cubics, curve === "round" ? 12 : 4);
  const { minX, minY, maxX, maxY } = points.length === 0 ? ORIGIN : boxOfFlat(points);
  return { points, flat, cubics, loop, width: maxX - minX, height: maxY - minY };
}

function scaled(points: Float32Array, sx: number, sy: number): Float32Array {
  if (sx === 1 && sy === 1) return points;
  const result = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    result[i] = points[i]! * sx;
    result[i + 1] = points[i + 1]! * sy;
  }
  return result;
}

export function pairs(points: Float32Array): Pair[] {
  const result: Pair[] = [];
  for (let i = 0; i < points.length; i += 2) result.push([points[i]!, points[i + 1]!]);
  return result;
}

function straightThrough(points: Float32Array): Cubic[] {
  const pieces: Cubic[] = [];
  for (let i = 2; i < points.length; i += 2) {
    pieces.push(straight(points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!));
  }
  return pieces;
}

function straight(x0: number, y0: number, x1: number, y1: number): Cubic {
  const [dx, dy] = [(x1 - x0) / 3, (y1 - y0) / 3];
  return [x0 + dx, y0 + dy, x1 - dx, y1 - dy, x1, y1];
}

/** The corners of an elbow: before, at and after each inner point. */
export function elbowCorners(points: Float32Array): [Pair, Pair, Pair][] {
  const list = pairs(points);
  return list.slice(1, -1).map((at, i) => {
    const before = list[i]!;
    const after = list[i + 2]!;
    const corner = Math.min(ELBOW_RADIUS, apart(at, before) / 2, apart(at, after) / 2);
    return [towards(at, before, corner), at, towards(at, after, corner)];
  });
}

function elbowThrough(points: Float32Array): Cubic[] {
  const pieces: Cubic[] = [];
  let [x, y] = [points[0]!, points[1]!];
  for (const [into, at, out] of elbowCorners(points)) {
    pieces.push(straight(x, y, into[0], into[1]));
    // A quadratic curve as a cubic: controls two thirds of the way to its control point.
    const third = (end: number, control: number) => end + (2 / 3) * (control - end);
    pieces.push([
      third(into[0], at[0]),
      third(into[1], at[1]),
      third(out[0], at[0]),
      third(out[1], at[1]),
      out[0],
      out[1],
    ]);
    [x, y] = out;
  }
  const last = points.length - 2;
  pieces.push(straight(x, y, points[last]!, points[last + 1]!));
  return pieces;
}

function apart(a: Pair, b: Pair): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function towards(from: Pair, to: Pair, by: number): Pair {
  const length = apart(from, to);
  if (length === 0) return from;
  return [from[0] + ((to[0] - from[0]) * by) / length, from[1] + ((to[1] - from[1]) * by) / length];
}
