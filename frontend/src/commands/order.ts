import { orderKeysAmong } from "../document/order";
import type { Editor } from "../editor/editor";
import type { Changes } from "../editor/preview";
import { boundsOfAll } from "../editor/selection_box";
import type { Element } from "../generated/protocol";
import { comparePaintOrder, inPaintOrder } from "../spatial/paint_order";

/** What is selected and what it holds, in the order it is painted. */
export function withContained(editor: Editor): Element[] {
  const ids = editor.unlocked().map(({ id }) => id);
  return inPaintOrder(editor.existing(editor.attachments.withContents(ids)));
}

export function reordered(elements: readonly Element[], keys: readonly string[]): Changes {
  return new Map(elements.map(({ id, z }, i) => [id, { z: keys[i] ?? z }]));
}

/**
 * What is selected one step up or down: past the nearest element that it overlaps, so that something is seen
 * to happen; nothing if it overlaps nothing on that side.
 */
export function stepped(editor: Editor, up: boolean): Changes {
  const moved = withContained(editor);
  const ids = new Set(moved.map(({ id }) => id));
  const near = [...editor.ports.index.search(boundsOfAll(moved))].filter(({ id }) => !ids.has(id));
  const edge = up ? moved.at(-1) : moved[0];
  if (edge === undefined) return new Map();
  const sorted = inPaintOrder(near);
  const past = up
    ? sorted.find((element) => comparePaintOrder(element, edge) > 0)
    : sorted.findLast((element) => comparePaintOrder(element, edge) < 0);
  if (past === undefined) return new Map();
  // Beside `past` there may be elements elsewhere on the board: they keep their place in the order.
  const { replica, random } = editor.ports;
  const others = inPaintOrder(replica.elements()).filter(({ id }) => !ids.has(id));
  const at = others.findIndex(({ id }) => id === past.id) + Number(up);
  const keysOfOthers = others.map(({ z }) => z);
  const { from, to, keys } = orderKeysAmong(keysOfOthers, at, moved.length, random);
  return reordered([...others.slice(from, at), ...moved, ...others.slice(at, to)], keys);
}
