import { type Style, styleOf } from "../editor/style";
import type { Command } from "../editor/tool";
import { whenSelected } from "./enabled";

/** The style that was copied last, on this page. */
export const copied: { style: Partial<Style> | null } = { style: null };

export const copyStyle: Command = {
  id: "copy-style",
  name: "command.copy-style",
  keys: ["Ctrl+Alt+C"],
  harmless: true,
  enabled: whenSelected,
  run(editor) {
    const [first] = editor.selected();
    if (first !== undefined) copied.style = styleOf(first);
  },
};
