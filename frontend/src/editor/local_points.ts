import type { Arrow, Element, Freedraw, Line } from "../generated/protocol";
import { type Box, boxOfFlat } from "../geometry/box";
import { applyPlace, UNIT_SQUARE, type Vec } from "../geometry/place";
import { decodePoints, encodePoints } from "../geometry/points";

export type Pointed = Line | Arrow | Freedraw;

/** 1/256 of a world unit: less than a tenth of a screen pixel at the largest zoom. */
const LINE_SHIFT = 8;

const decoded = new WeakMap<Uint8Array, { readonly points: readonly Vec[]; readonly box: Box }>();

export function isPointed(element: Element): element is Pointed {
  return element.type === "line" || element.type === "arrow" || element.type === "freedraw";
}

export function isLinear(element: Element): element is Line | Arrow {
  return element.type === "line" || element.type === "arrow";
}

export function localPointsOf(element: Pointed): readonly Vec[] {
  return decode(element.points).points;
}

/** What the place stretches: the unit square, or the box of the points. */
export function localBoxOf(element: Element): Box {
  return isPointed(element) ? decode(element.points).box : UNIT_SQUARE;
}

export function worldPointsOf(element: Pointed): Vec[] {
  return localPointsOf(element).map(({ x, y }) => applyPlace(element.place, x, y));
}

/** The bytes of a line through local points. */
export function linePoints(points: readonly Vec[]): Uint8Array {
  return encodePoints(
    points.map(({ x, y }) => ({ x, y, pressure: 0.5, time: 0 })),
    { shift: LINE_SHIFT },
  );
}

function decode(bytes: Uint8Array) {
  let known = decoded.get(bytes);
  if (known === undefined) {
    const points = decodePoints(bytes);
    const box = boxOfFlat(points.flatMap(({ x, y }) => [x, y]));
    known = { points, box: points.length === 0 ? { minX: 0, minY: 0, maxX: 0, maxY: 0 } : box };
    decoded.set(bytes, known);
  }
  return known;
}
