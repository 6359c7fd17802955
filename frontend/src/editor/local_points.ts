import type { Arrow, Element, Line } from "../generated/protocol";
import { applyPlace, type Vec } from "../geometry/place";
import { decodePoints, encodePoints } from "../geometry/points";

/** 1/256 of a world unit: less than a tenth of a screen pixel at the largest zoom. */
const LINE_SHIFT = 8;

const decoded = new WeakMap<Uint8Array, readonly Vec[]>();

export function isLinear(element: Element): element is Line | Arrow {
  return element.type === "line" || element.type === "arrow";
}

/** The points of a line, decoded once for the same bytes. */
export function localPointsOf({ points }: Line | Arrow): readonly Vec[] {
  let known = decoded.get(points);
  if (known === undefined) {
    known = decodePoints(points);
    decoded.set(points, known);
  }
  return known;
}

export function worldPointsOf(line: Line | Arrow): Vec[] {
  return localPointsOf(line).map(({ x, y }) => applyPlace(line.place, x, y));
}

/** The bytes of a line through local points. */
export function linePoints(points: readonly Vec[]): Uint8Array {
  return encodePoints(
    points.map(({ x, y }) => ({ x, y, pressure: 0.5, time: 0 })),
    { shift: LINE_SHIFT },
  );
}
