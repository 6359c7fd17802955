/** What lies under a pointer or a marquee. */
import { nameHit } from "../elements/frame/name";
import type { Element } from "../generated/protocol";
import { type Box, contains, inflate } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { inPaintOrder } from "../spatial/paint_order";
import type { Editor } from "./editor";
import type { PointerKind } from "./pointer_input";

/** Screen pixels around a point that still count as on it. */
const REACH = { mouse: 6, pen: 6, touch: 14 } as const;

/** The topmost element at a world point: one that may be touched, or one that is locked. */
export function elementAt(
  editor: Editor,
  at: Vec,
  kind: PointerKind = "mouse",
  locked = false,
): Element | undefined {
  const reach = REACH[kind] / editor.zoom;
  const { index, elements } = editor.ports;
  const box = inflate({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }, reach);
  const hit: Element[] = [];
  for (const element of index.search(box)) {
    if (element.locked === locked && elements.hits(element, at.x, at.y, reach)) hit.push(element);
  }
  return inPaintOrder(hit).at(-1) ?? frameNamedAt(editor, at, REACH[kind], locked);
}

/** The topmost frame whose name stands at a point. */
function frameNamedAt(
  editor: Editor,
  at: Vec,
  reach: number,
  locked: boolean,
): Element | undefined {
  const named = editor.attachments.frames().filter((frame) => {
    return frame.locked === locked && nameHit(frame, at, editor.zoom, reach / 2);
  });
  return inPaintOrder(named).at(-1);
}

/** Everything that may be touched and has a point in the box. */
export function touching({ ports: { index, elements } }: Editor, box: Box): Element[] {
  const touched: Element[] = [];
  for (const element of index.search(box)) {
    if (element.locked) continue;
    // What lies inside as a whole needs no look at its points: a marquee over everything stays quick.
    const inside = contains(box, elements.boundsOf(element));
    if (inside || elements.touchesBox(element, box)) touched.push(element);
  }
  return touched;
}
