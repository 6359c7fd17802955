import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { stepped } from "./order";

export const forward: Command = {
  id: "forward",
  name: "command.forward",
  keys: ["Ctrl+]"],
  enabled: whenUnlocked,
  run: (editor) => editor.change(stepped(editor, true)),
};
