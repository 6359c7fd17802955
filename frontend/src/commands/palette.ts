import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** Every command by its name. */
export const palette: Command = {
  id: "palette",
  name: "command.palette",
  keys: ["Ctrl+/", "Ctrl+Shift+P"],
  harmless: true,
  enabled: always,
  run: (editor) => editor.togglePanel("palette"),
};
