import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** A link that leads to what is selected, or to what is seen while nothing is. */
export const copyLink: Command = {
  id: "copy-link",
  name: "command.copy-link",
  keys: [],
  harmless: true,
  enabled: always,
  run: (editor) => editor.ports.platform.copyLink([...editor.selection.value]),
};
