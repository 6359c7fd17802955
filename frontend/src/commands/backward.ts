import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { stepped } from "./order";

export const backward: Command = {
  id: "backward",
  name: "command.backward",
  keys: ["Ctrl+["],
  enabled: whenUnlocked,
  run: (editor) => editor.change(stepped(editor, false)),
};
