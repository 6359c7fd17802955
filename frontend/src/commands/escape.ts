import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** One step back: from somebody else's view, from a tool to Select, out of a group, to nothing selected. */
export const escapeOut: Command = {
  id: "escape",
  name: "command.escape",
  keys: ["Escape"],
  harmless: true,
  enabled: always,
  run(editor) {
    const group = editor.entered.value;
    const { company } = editor.ports;
    if (editor.menu.value !== null) editor.menu.value = null;
    else if (company.isFollowing()) company.stopFollowing();
    else if (editor.tool.value !== "select") editor.setTool("select");
    else if (group !== null) {
      const inside = editor.selected().find(({ groups }) => groups.includes(group));
      const outer = inside?.groups[inside.groups.indexOf(group) + 1] ?? null;
      editor.entered.value = outer;
      editor.select(inside === undefined ? [] : editor.unitOf(inside));
    } else editor.select([]);
  },
};
