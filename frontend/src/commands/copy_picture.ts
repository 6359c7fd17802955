import type { Editor } from "../editor/editor";
import type { Command } from "../editor/tool";

/** What is selected as a picture on the clipboard; the whole board while nothing is. */
export const copyPng: Command = {
  id: "copy-png",
  name: "command.copy-png",
  keys: ["Ctrl+Shift+C"],
  harmless: true,
  enabled: whenDrawn,
  run: (editor) => editor.ports.platform.copyPicture("png", withContents(editor)),
};

/** The same as a drawing that can be scaled. */
export const copySvg: Command = {
  id: "copy-svg",
  name: "command.copy-svg",
  keys: [],
  harmless: true,
  enabled: whenDrawn,
  run: (editor) => editor.ports.platform.copyPicture("svg", withContents(editor)),
};

function whenDrawn(editor: Editor): boolean {
  return editor.ports.replica.size > 0;
}

function withContents({ attachments, selection }: Editor): readonly string[] {
  return [...attachments.withContents(selection.value)];
}
