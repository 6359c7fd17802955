import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

export const deleteSelected: Command = {
  id: "delete",
  name: "command.delete",
  keys: ["Delete", "Backspace"],
  enabled: whenUnlocked,
  run(editor) {
    const selected = editor.unlocked().map(({ id }) => id);
    const gone = editor.existing(editor.attachments.withContents(selected));
    editor.edit(gone.map(({ id }) => ["delete", id]));
  },
};
