import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const darkMode: Command = {
  id: "dark-mode",
  name: "command.dark-mode",
  keys: ["Alt+Shift+D"],
  harmless: true,
  enabled: always,
  run: (editor) => editor.ports.platform.toggleDarkMode(),
};
