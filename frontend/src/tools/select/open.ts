import { shapeAround } from "../../editor/bindable";
import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { unitGroupOf } from "../../editor/selection";
import { elementAt } from "../../editor/under_pointer";

/** A double click: into a group, into a text, into the text of a shape, or a new text on the empty canvas. */
export function openAt(editor: Editor, at: PointerInput): void {
  if (editor.readOnly.value) return;
  const element = elementAt(editor, at, at.kind) ?? shapeAround(editor, at);
  if (element === undefined) {
    editor.text.startText(at.x, at.y);
    return;
  }
  const holder = editor.holderOf(element);
  const group = unitGroupOf(holder, editor.entered.value);
  if (group !== null) {
    editor.entered.value = group;
    editor.select(editor.unitOf(element));
    return;
  }
  editor.select([holder.id]);
  editor.text.edit(element);
}
