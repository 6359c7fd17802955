import { MINIMAP } from "../editor/remembered";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** The whole board in a corner; remembered. */
export const minimap: Command = {
  id: "minimap",
  name: "command.minimap",
  keys: ["M"],
  harmless: true,
  enabled: always,
  run(editor) {
    const isShown = !editor.minimap.value;
    editor.minimap.value = isShown;
    editor.ports.memory.write(MINIMAP, isShown ? "yes" : "no");
  },
};
