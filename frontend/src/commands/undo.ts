import type { Command } from "../editor/tool";

export const undo: Command = {
  id: "undo",
  name: "command.undo",
  keys: ["Ctrl+Z"],
  enabled: (editor) => editor.canUndo.value,
  run: (editor) => editor.undo(),
};
