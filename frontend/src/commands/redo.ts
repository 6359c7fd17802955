import type { Command } from "../editor/tool";

export const redo: Command = {
  id: "redo",
  name: "command.redo",
  keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
  enabled: (editor) => editor.canRedo.value,
  run: (editor) => editor.redo(),
};
