import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** The board or what is selected as a file, in one of many formats. */
export const exportPart: Command = {
  id: "export",
  name: "command.export",
  keys: ["Ctrl+Shift+E"],
  harmless: true,
  enabled: always,
  run: (editor) => editor.togglePanel("export"),
};
