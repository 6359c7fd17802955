import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { flip } from "./flip";

export const flipHorizontally: Command = {
  id: "flip-horizontally",
  name: "command.flip-horizontally",
  keys: ["Shift+H"],
  enabled: whenUnlocked,
  run: (editor) => flip(editor, true),
};
