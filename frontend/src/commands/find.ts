import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** Looks for words on the board. */
export const find: Command = {
  id: "find",
  name: "command.find",
  keys: ["Ctrl+F"],
  harmless: true,
  enabled: always,
  run: (editor) => editor.togglePanel("find"),
};
