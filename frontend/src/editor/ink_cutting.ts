/** An eraser that takes away only the ink that it crosses. */
import type { Vec } from "../geometry/place";
import type { InkPoint } from "../geometry/points";
import { segmentDistanceSquared } from "../geometry/segment";

export type Stroke = readonly InkPoint[];

/** Halvings until a cut is exact to less than a thousandth of the eraser. */
const HALVINGS = 10;
/** Steps on one section of ink: a longer one is a straight line, and cut a little less exactly. */
const MOST_STEPS = 400;

/**
 * What is left of a stroke when an eraser of this radius goes from one point to another, all in the same units;
 * null if it does not touch the stroke. New ends lie where the eraser's edge was.
 */
export function cutAlong(stroke: Stroke, from: Vec, to: Vec, radius: number): Stroke[] | null {
  const limit = radius * radius;
  const isErased = (x: number, y: number) =>
    segmentDistanceSquared(x, y, from.x, from.y, to.x, to.y) <= limit;
  const first = stroke[0];
  if (first === undefined) return null;
  const pieces: InkPoint[][] = [];
  let erased = isErased(first.x, first.y);
  let touched = erased;
  let piece: InkPoint[] = erased ? [] : [first];
  for (let i = 1; i < stroke.length; i++) {
    const a = stroke[i - 1] as InkPoint;
    const b = stroke[i] as InkPoint;
    const steps = isNear(a, b, from, to, radius)
      ? Math.min(MOST_STEPS, Math.ceil((2 * Math.hypot(b.x - a.x, b.y - a.y)) / radius) || 1)
      : 1;
    for (let step = 1; step <= steps; step++) {
      const x = a.x + ((b.x - a.x) * step) / steps;
      const y = a.y + ((b.y - a.y) * step) / steps;
      const now = isErased(x, y);
      if (now !== erased) {
        touched = true;
        const edge = between(
          a,
          b,
          edgeOf(a, b, (step - 1) / steps, step / steps, erased, isErased),
        );
        if (now) {
          piece.push(edge);
          pieces.push(piece);
          piece = [];
        } else piece = [edge];
      }
      erased = now;
    }
    if (!erased) piece.push(b);
  }
  if (!touched) return null;
  if (!erased) pieces.push(piece);
  return pieces.filter((left) => left.length > 1 && lengthOf(left) > radius / 8);
}

export function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (let i = 1; i < stroke.length; i++) {
    const a = stroke[i - 1] as InkPoint;
    const b = stroke[i] as InkPoint;
    length += Math.hypot(b.x - a.x, b.y - a.y);
  }
  return length;
}

/** True when the boxes of a section and of the eraser's way meet: no other section needs a closer look. */
function isNear(a: Vec, b: Vec, from: Vec, to: Vec, radius: number): boolean {
  return (
    Math.min(a.x, b.x) <= Math.max(from.x, to.x) + radius &&
    Math.max(a.x, b.x) >= Math.min(from.x, to.x) - radius &&
    Math.min(a.y, b.y) <= Math.max(from.y, to.y) + radius &&
    Math.max(a.y, b.y) >= Math.min(from.y, to.y) - radius
  );
}

/** Where between two shares of a section the eraser's edge crosses it. */
function edgeOf(
  a: Vec,
  b: Vec,
  low: number,
  high: number,
  erasedAtLow: boolean,
  isErased: (x: number, y: number) => boolean,
): number {
  let [from, to] = [low, high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (from + to) / 2;
    const x = a.x + (b.x - a.x) * middle;
    const y = a.y + (b.y - a.y) * middle;
    if (isErased(x, y) === erasedAtLow) from = middle;
    else to = middle;
  }
  // On the side that stays.
  return erasedAtLow ? to : from;
}

function between(a: InkPoint, b: InkPoint, share: number): InkPoint {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    pressure: mix(a.pressure, b.pressure),
    time: mix(a.time, b.time),
  };
}
