import type { Editor } from "../editor/editor";

/** When a command can do something. */

export function always(): boolean {
  return true;
}

export function whenSelected(editor: Editor): boolean {
  return editor.selection.value.size > 0;
}

/** Something is selected that is not locked. */
export function whenUnlocked(editor: Editor): boolean {
  return editor.unlocked().length > 0;
}

export function whenSeveral(editor: Editor): boolean {
  return editor.unlocked().length > 1;
}
