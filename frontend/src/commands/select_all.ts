import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const selectAll: Command = {
  id: "select-all",
  name: "command.select-all",
  keys: ["Ctrl+A"],
  harmless: true,
  enabled: always,
  run(editor) {
    const ids: string[] = [];
    for (const element of editor.ports.replica.elements()) {
      // Text in a shape goes where the shape goes.
      const inside = element.type === "text" && editor.get(element.container) !== undefined;
      if (!element.locked && !inside) ids.push(element.id);
    }
    editor.setTool("select");
    editor.entered.value = null;
    editor.select(ids);
  },
};
