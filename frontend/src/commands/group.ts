import type { Command } from "../editor/tool";
import { MAX_GROUPS } from "../generated/limits";
import { whenSeveral } from "./enabled";

/** One group around all that is selected, or around it inside the group that was entered. */
export const group: Command = {
  id: "group",
  name: "command.group",
  keys: ["Ctrl+G"],
  enabled: whenSeveral,
  run(editor) {
    const fresh = editor.newId();
    const outer = editor.entered.value;
    const ids = editor.attachments.withContents(editor.unlocked().map(({ id }) => id));
    const changes = new Map<string, { readonly groups: readonly string[] }>();
    for (const { id, groups } of editor.existing(ids)) {
      const level = outer === null ? -1 : groups.indexOf(outer);
      const at = level < 0 ? groups.length : level;
      if (groups.length >= MAX_GROUPS) continue;
      changes.set(id, { groups: [...groups.slice(0, at), fresh, ...groups.slice(at)] });
    }
    editor.change(changes);
    editor.overlay.refresh();
  },
};
