import type { Element, Place } from "../generated/protocol";
import type { Vec } from "../geometry/place";
import { type Handle, pointIn, type SelectionBox, sharesOf } from "./selection_box";
import { liesAlong, rotated, scaledPlace, unflipped } from "./transform";

/** How a selection is stretched: about where, and by how much along the axes of its box. */
export interface Stretch {
  readonly anchor: Vec;
  readonly fx: number;
  readonly fy: number;
  readonly angle: number;
}

export interface Held {
  /** Shift: keep the ratio. */
  readonly ratio: boolean;
  /** Alt: the centre stays, else the opposite corner or side. */
  readonly centre: boolean;
}

/** World units below which nothing is squeezed: a place of width 0 could never be stretched again. */
export const SMALLEST = 1;

/** The stretch that brings `handle` of `box` to the world point `to`. */
export function stretchTo(box: SelectionBox, handle: Handle, to: Vec, held: Held): Stretch {
  const grip = sharesOf(handle);
  const still = held.centre ? { x: 0.5, y: 0.5 } : { x: 1 - grip.x, y: 1 - grip.y };
  const anchor = pointIn(box, still.x, still.y);
  const reach = rotated({ x: to.x - anchor.x, y: to.y - anchor.y }, -box.angle);
  let fx = grip.x === 0.5 ? 1 : factor(reach.x, (grip.x - still.x) * box.width, box.width);
  let fy = grip.y === 0.5 ? 1 : factor(reach.y, (grip.y - still.y) * box.height, box.height);
  if (held.ratio) {
    const even = grip.x === 0.5 ? Math.abs(fy) : grip.y === 0.5 ? Math.abs(fx) : larger(fx, fy);
    fx = even * Math.sign(fx);
    fy = even * Math.sign(fy);
  }
  return { anchor, fx, fy, angle: box.angle };
}

/** Whether the elements can be stretched one way only; if not, keep the ratio. */
export function stretchesFreely(elements: readonly Element[], angle: number): boolean {
  return elements.every(
    (element) =>
      liesAlong(element.place, angle) && (element.type !== "text" || elements.length === 1),
  );
}

export function stretchedPlace(element: Element, stretch: Stretch): Place {
  const place = scaledPlace(element.place, stretch.anchor, stretch.fx, stretch.fy, stretch.angle);
  return showsFlips(element) ? place : unflipped(place);
}

/** Whether it looks different when mirrored; boxes and what holds letters do not. */
export function showsFlips({ type }: Element): boolean {
  return type === "line" || type === "arrow" || type === "freedraw" || type === "image";
}

function factor(reach: number, from: number, extent: number): number {
  if (extent === 0 || from === 0) return 1;
  const wanted = reach / from;
  const least = Math.min(1, SMALLEST / extent);
  if (Math.abs(wanted) >= least) return wanted;
  return wanted < 0 ? -least : least;
}

function larger(fx: number, fy: number): number {
  return Math.max(Math.abs(fx), Math.abs(fy));
}
