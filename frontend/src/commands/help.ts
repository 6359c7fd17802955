import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const help: Command = {
  id: "help",
  name: "command.help",
  keys: ["?"],
  harmless: true,
  enabled: always,
  run: (editor) => editor.togglePanel("help"),
};
