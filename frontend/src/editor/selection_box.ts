import { boundsOf, localBoxOf } from "../elements/registry";
import type { Element } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { applyPlace, type Vec } from "../geometry/place";
import { rotated } from "./transform";

/** A box turned by `angle` about its corner `(x, y)`; width and height are never negative. */
export interface SelectionBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;
export type Handle = (typeof HANDLES)[number];

/** Screen pixels; a finger needs more than a mouse. */
export const HANDLE_REACH = { mouse: 8, touch: 22 } as const;
export const PADDING = 5;
export const ROTATE_STEM = 24;
/** A box that is smaller on the screen shows only its corners, or they would hide what they are for. */
const ROOM_FOR_EDGES = 40;

/** The box of one element turned as it is, or of several upright; `before` as for `boundsOfMoved`. */
export function selectionBoxOf(
  elements: readonly Element[],
  before: (id: string) => Element | undefined = () => undefined,
): SelectionBox | null {
  const [only] = elements;
  if (only === undefined) return null;
  if (elements.length === 1) return boxOf(only);
  const box = boundsOfMoved(elements, before);
  return {
    x: box.minX,
    y: box.minY,
    width: box.maxX - box.minX,
    height: box.maxY - box.minY,
    angle: 0,
  };
}

/** The upright box around the geometry of elements, without the width of their strokes. */
export function boundsOfAll(elements: Iterable<Element>): Box {
  return boundsOfMoved(elements, () => undefined);
}

/**
 * The same of elements during a gesture; `before` tells what they were. What has only been moved has the box that it had,
 * elsewhere: of a thousand that are dragged, none is measured anew.
 */
export function boundsOfMoved(
  elements: Iterable<Element>,
  before: (id: string) => Element | undefined,
): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const after of elements) {
    const was = before(after.id);
    const isMoved = was !== undefined && isOnlyMoved(was, after);
    const box = boundsOf(isMoved ? was : after);
    const dx = isMoved ? after.place[0] - was.place[0] : 0;
    const dy = isMoved ? after.place[1] - was.place[1] : 0;
    minX = Math.min(minX, box.minX + dx);
    minY = Math.min(minY, box.minY + dy);
    maxX = Math.max(maxX, box.maxX + dx);
    maxY = Math.max(maxY, box.maxY + dy);
  }
  return { minX, minY, maxX, maxY };
}

function isOnlyMoved(before: Element, after: Element): boolean {
  const [, , sx, sy, angle] = before.place;
  const [, , sxNow, syNow, angleNow] = after.place;
  if (sx !== sxNow || sy !== syNow || angle !== angleNow) return false;
  return !("points" in before && "points" in after && before.points !== after.points);
}

export function boxOf(element: Element): SelectionBox {
  const { place } = element;
  const local = localBoxOf(element);
  const corner = applyPlace(
    place,
    place[2] < 0 ? local.maxX : local.minX,
    place[3] < 0 ? local.maxY : local.minY,
  );
  return {
    x: corner.x,
    y: corner.y,
    width: Math.abs(place[2]) * (local.maxX - local.minX),
    height: Math.abs(place[3]) * (local.maxY - local.minY),
    angle: place[4],
  };
}

/** The world point at the shares `u`, `v` of the box's width and height. */
export function pointIn(box: SelectionBox, u: number, v: number): Vec {
  const turned = rotated({ x: u * box.width, y: v * box.height }, box.angle);
  return { x: box.x + turned.x, y: box.y + turned.y };
}

export function centreOf(box: SelectionBox): Vec {
  return pointIn(box, 0.5, 0.5);
}

/** Clockwise from the top left as the box sees itself. */
export function cornersOf(box: SelectionBox): readonly Vec[] {
  return [pointIn(box, 0, 0), pointIn(box, 1, 0), pointIn(box, 1, 1), pointIn(box, 0, 1)];
}

/** The shares of width and height at which a handle sits. */
export function sharesOf(handle: Handle): Vec {
  return {
    x: handle.includes("w") ? 0 : handle.includes("e") ? 1 : 0.5,
    y: handle.includes("n") ? 0 : handle.includes("s") ? 1 : 0.5,
  };
}

/** The same box `by` world units larger on every side. */
export function padded(box: SelectionBox, by: number): SelectionBox {
  const corner = rotated({ x: -by, y: -by }, box.angle);
  return {
    x: box.x + corner.x,
    y: box.y + corner.y,
    width: box.width + 2 * by,
    height: box.height + 2 * by,
    angle: box.angle,
  };
}

/** Which handles a box has room for at `zoom`. */
export function visibleHandles(box: SelectionBox, zoom: number): readonly Handle[] {
  const wide = box.width * zoom >= ROOM_FOR_EDGES;
  const tall = box.height * zoom >= ROOM_FOR_EDGES;
  return HANDLES.filter(
    (handle) => handle.length === 2 || (handle === "n" || handle === "s" ? wide : tall),
  );
}

export function rotateHandleOf(box: SelectionBox, zoom: number): Vec {
  const outer = padded(box, PADDING / zoom);
  const top = pointIn(outer, 0.5, 0);
  const up = rotated({ x: 0, y: -ROTATE_STEM / zoom }, box.angle);
  return { x: top.x + up.x, y: top.y + up.y };
}

/** The handle of `box` at a world point, the rotate handle first. */
export function handleAt(
  box: SelectionBox,
  handles: readonly Handle[],
  at: Vec,
  zoom: number,
  reach: number,
): Handle | "rotate" | null {
  const limit = reach / zoom;
  if (distance(rotateHandleOf(box, zoom), at) <= limit) return "rotate";
  const outer = padded(box, PADDING / zoom);
  let best: Handle | null = null;
  let nearest = limit;
  for (const handle of handles) {
    const share = sharesOf(handle);
    const away = distance(pointIn(outer, share.x, share.y), at);
    if (away <= nearest) {
      best = handle;
      nearest = away;
    }
  }
  return best;
}

/** The CSS cursor of a handle on a box turned by `angle`. */
export function cursorOf(handle: Handle, angle: number): string {
  const directions = ["ns", "nesw", "ew", "nwse"];
  const eighths = { n: 0, ne: 1, e: 2, se: 3, s: 4, sw: 5, w: 6, nw: 7 }[handle];
  const turned = eighths + Math.round((angle * 4) / Math.PI);
  return `${directions[((turned % 4) + 4) % 4]}-resize`;
}

export function distance(a: Vec, b: Vec): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function containsPoint(box: SelectionBox, at: Vec, margin = 0): boolean {
  const inside = rotated({ x: at.x - box.x, y: at.y - box.y }, -box.angle);
  return (
    inside.x >= -margin &&
    inside.y >= -margin &&
    inside.x <= box.width + margin &&
    inside.y <= box.height + margin
  );
}
