import { isBoxShape } from "../elements/sketch/options";
import type { Binding, Element } from "../generated/protocol";
import { inflate } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { comparePaintOrder, inPaintOrder } from "../spatial/paint_order";
import { bindingFor, holdsPoint, isBindable, OUTLINE_REACH } from "./binding";
import type { Editor } from "./editor";

/** How the end of an arrow at a world point takes hold of the topmost shape there. */
export function bindingAt(editor: Editor, at: Vec, except: readonly string[]): Binding | null {
  const reach = OUTLINE_REACH / editor.zoom;
  const box = inflate({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }, reach);
  let top: Element | null = null;
  let binding: Binding | null = null;
  for (const element of editor.ports.index.search(box)) {
    if (!isBindable(element) || except.includes(element.id)) continue;
    // Text inside a shape belongs to the shape.
    if (element.type === "text" && editor.get(element.container) !== undefined) continue;
    if (top !== null && comparePaintOrder(element, top) < 0) continue;
    const found = bindingFor(element, at, editor.zoom);
    if (found === null) continue;
    top = element;
    binding = found;
  }
  return binding;
}

/** The topmost shape with a world point inside its outline, filled or not. */
export function shapeAround(editor: Editor, at: Vec): Element | undefined {
  const point = { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y };
  const around = [...editor.ports.index.search(point)].filter(
    (element) => isBoxShape(element) && !element.locked && holdsPoint(element, at),
  );
  return inPaintOrder(around).at(-1);
}
