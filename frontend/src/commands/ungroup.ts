import { unitGroupOf } from "../editor/selection";
import type { Command } from "../editor/tool";

/** Takes the outermost groups of what is selected apart. */
export const ungroup: Command = {
  id: "ungroup",
  name: "command.ungroup",
  keys: ["Ctrl+Shift+G"],
  enabled: (editor) => editor.unlocked().some(({ groups }) => groups.length > 0),
  run(editor) {
    const gone = new Set<string>();
    for (const element of editor.unlocked()) {
      const outermost = unitGroupOf(element, editor.entered.value);
      if (outermost !== null) gone.add(outermost);
    }
    const changes = new Map<string, { readonly groups: readonly string[] }>();
    for (const apart of gone) {
      for (const { id, groups } of editor.attachments.membersOf(apart)) {
        const left = changes.get(id)?.groups ?? groups;
        changes.set(id, { groups: left.filter((name) => name !== apart) });
      }
    }
    editor.change(changes);
  },
};
