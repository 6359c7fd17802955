import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const grid: Command = {
  id: "grid",
  name: "command.grid",
  keys: ["Ctrl+'"],
  harmless: true,
  enabled: always,
  run(editor) {
    editor.grid.value = !editor.grid.value;
  },
};
