import type { Command } from "../editor/tool";

/** Opens the text of what is selected. */
export const editText: Command = {
  id: "edit-text",
  name: "command.edit-text",
  keys: ["Enter"],
  when: "selected",
  enabled: (editor) => editor.unlocked().length === 1 && editor.selection.value.size === 1,
  run(editor) {
    for (const element of editor.unlocked()) editor.text.edit(element);
  },
};
