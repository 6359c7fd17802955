import type { Frame, Note, TextElement } from "../generated/protocol";
import { type Box, intersects } from "../geometry/box";
import { boundsUnderPlace, cornersUnderPlace, invertPlace, UNIT_SQUARE } from "../geometry/place";
import { polygonTouchesBox } from "../geometry/polygon";
import type { ElementKind } from "./kind";
import type { Surface } from "./surface";

interface Upright<E> {
  reach(element: E): number;
  /** Paints into a box of the entered surface whose corner is `left`, `top`. */
  paint(
    surface: Surface,
    element: E,
    left: number,
    top: number,
    width: number,
    height: number,
  ): void;
}

/** What text, notes and frames share: a box that turns but is never mirrored. */
export function uprightKind<E extends TextElement | Note | Frame>(
  upright: Upright<E>,
): ElementKind<E> {
  return {
    localBox: () => UNIT_SQUARE,
    ring: cornerRing,
    bounds: (element) => boundsUnderPlace(element.place),
    reach: upright.reach,
    hits: (element, x, y, tolerance) => boxHit(element, x, y, tolerance),
    touches: (element, box) => boxTouches(element, box),
    paint(surface, element) {
      const [, , sx, sy] = element.place;
      surface.enter(element.place, element.opacity, false);
      const [left, top] = [Math.min(0, sx), Math.min(0, sy)];
      upright.paint(surface, element, left, top, Math.abs(sx), Math.abs(sy));
    },
  };
}

type Boxed = { readonly place: readonly [number, number, number, number, number] };

/** The corners of an element's box as a ring of flat coordinates. */
export function cornerRing({ place }: Boxed): Float64Array {
  return Float64Array.from(cornersUnderPlace(place).flatMap(({ x, y }) => [x, y]));
}

/** True inside of an element's whole box. */
export function boxHit({ place }: Boxed, x: number, y: number, tolerance: number): boolean {
  const at = invertPlace(place, x, y);
  const aside = tolerance / Math.max(Math.abs(place[2]), 1e-9);
  const above = tolerance / Math.max(Math.abs(place[3]), 1e-9);
  return at.x >= -aside && at.x <= 1 + aside && at.y >= -above && at.y <= 1 + above;
}

export function boxTouches({ place }: Boxed, box: Box): boolean {
  if (!intersects(boundsUnderPlace(place), box)) return false;
  const ring = cornersUnderPlace(place).flatMap(({ x, y }) => [x, y]);
  return polygonTouchesBox(ring, box, true);
}
