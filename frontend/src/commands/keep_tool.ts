import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** The tool at hand stays after one use. */
export const keepTool: Command = {
  id: "keep-tool",
  name: "command.keep-tool",
  keys: ["Q"],
  enabled: always,
  run(editor) {
    editor.toolLocked.value = !editor.toolLocked.value;
  },
};
