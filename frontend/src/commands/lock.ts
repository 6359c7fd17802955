import type { Command } from "../editor/tool";
import { whenSelected } from "./enabled";

/** Locks what is selected, or unlocks it if all of it is locked. */
export const lock: Command = {
  id: "lock",
  name: "command.lock",
  keys: ["Ctrl+Shift+L"],
  enabled: whenSelected,
  run(editor) {
    const locked = editor.unlocked().length > 0;
    const ids = editor.attachments.withContents(editor.selection.value);
    editor.change(new Map([...ids].map((id) => [id, { locked }])));
  },
};
