/** Everything that can lie on a board, by type: the one place where a new kind of element is named. */
import type { Element, ElementType, Place } from "../generated/protocol";
import { type Box, inflate, intersects } from "../geometry/box";
import { UNIT_SQUARE } from "../geometry/place";
import { isTransparent } from "./colours";
import { diamond } from "./diamond/diamond";
import { ellipse } from "./ellipse/ellipse";
import { frame } from "./frame/frame";
import { freedraw } from "./freedraw/freedraw";
import { image } from "./image/image";
import type { ElementKind } from "./kind";
import { keepCourse } from "./line/course";
import { line } from "./line/line";
import { note } from "./note/note";
import { rectangle } from "./rectangle/rectangle";
import { keepSketch } from "./sketch/sketches";
import type { Surface } from "./surface";
import { text } from "./text/text";
import { triangle } from "./triangle/triangle";

type KindOf<T extends ElementType> = ElementKind<Extract<Element, { type: T }>>;

const KINDS: { readonly [T in ElementType]: KindOf<T> } = {
  rectangle,
  ellipse,
  diamond,
  triangle,
  line,
  arrow: line,
  freedraw,
  text,
  note,
  frame,
  image,
};

/** The kind of an element; each kind only ever gets elements of its own type. */
function kindOf(element: Element): ElementKind {
  return KINDS[element.type] as ElementKind;
}

const bounds = new WeakMap<Element, Box>();

/** The element's box in the world, without the width of its strokes. */
export function boundsOf(element: Element): Box {
  let box = bounds.get(element);
  if (box === undefined) {
    box = kindOf(element).bounds(element);
    bounds.set(element, box);
  }
  return box;
}

/** A box that holds everything the element paints. */
export function paintBoundsOf(element: Element): Box {
  return inflate(boundsOf(element), kindOf(element).reach(element));
}

/** The box of the element's local geometry, which its place moves, turns and scales. */
export function localBoxOf(element: Element): Box {
  return kindOf(element).localBox(element);
}

/** The closed outline of a shape in the world, as a ring of flat coordinates; of a line or ink, none. */
export function ringOf(element: Element): Float64Array | null {
  return kindOf(element).ring?.(element) ?? null;
}

/** Where text in a shape lies, in the shape's local coordinates. */
export function textRoomOf(element: Element): Box {
  return kindOf(element).textRoom ?? UNIT_SQUARE;
}

/** True where a click takes the element; `tolerance` in world units. */
export function hits(element: Element, x: number, y: number, tolerance: number): boolean {
  const box = paintBoundsOf(element);
  if (
    x < box.minX - tolerance ||
    x > box.maxX + tolerance ||
    y < box.minY - tolerance ||
    y > box.maxY + tolerance
  ) {
    return false;
  }
  return kindOf(element).hits(element, x, y, tolerance);
}

/** True when a marquee over `box` touches the element. */
export function touchesBox(element: Element, box: Box): boolean {
  return intersects(paintBoundsOf(element), box) && kindOf(element).touches(element, box);
}

/** Paints the element; its opacity is that of the whole, not of each of its layers. */
export function paint(surface: Surface, element: Element): void {
  const kind = kindOf(element);
  const opacity = element.opacity * surface.fade;
  if (opacity >= 1 || !isLayered(element)) {
    kind.paint(surface, element);
    return;
  }
  const box = paintBoundsOf(element);
  if ((box.maxX - box.minX + box.maxY - box.minY) * surface.scale < UNSEEN_LAYERS) {
    kind.paint(surface, element);
    return;
  }
  const opaque = { ...element, opacity: 1 };
  keepDrawing(element, opaque);
  surface.compose(box, element.opacity, (sheet) => kind.paint(sheet, opaque));
}

/** Width and height in device pixels below which nobody sees one layer through the other. */
const UNSEEN_LAYERS = 16;

/** True for what paints one thing over another, so that each blended alone would show the other. */
function isLayered(element: Element): boolean {
  switch (element.type) {
    case "note":
      return true;
    case "text":
    case "frame":
    case "image":
      return false;
    case "line":
    case "arrow":
      return (
        element.startHead !== "none" || element.endHead !== "none" || !isTransparent(element.fill)
      );
    default:
      return !isTransparent(element.fill) && !isTransparent(element.color);
  }
}

/** Takes what was computed for an element over to its next version, as far as it is still true. */
export function keepDrawing(before: Element, after: Element): void {
  if ("seed" in before && "seed" in after) keepSketch(before, after);
  if ("curve" in before && "curve" in after) keepCourse(before, after);
}

/** The same element at another place, with what was computed for it. */
export function movedTo(element: Element, place: Place): Element {
  const moved = { ...element, place };
  keepDrawing(element, moved);
  return moved;
}
