import type { Editor } from "../editor/editor";
import { boundsOfAll } from "../editor/selection_box";
import { stretched } from "../editor/stretch";

/** Mirrors what is selected about the middle of its box. */
export function flip(editor: Editor, horizontally: boolean): void {
  const ids = editor.attachments.withContents(editor.unlocked().map(({ id }) => id));
  const elements = editor.existing(ids);
  const box = boundsOfAll(elements);
  const anchor = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 };
  const [fx, fy] = horizontally ? [-1, 1] : [1, -1];
  editor.change(stretched(elements, { anchor, fx, fy, angle: 0 }, "se", editor.following));
}
