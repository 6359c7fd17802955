import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { flip } from "./flip";

export const flipVertically: Command = {
  id: "flip-vertically",
  name: "command.flip-vertically",
  keys: ["Shift+V"],
  enabled: whenUnlocked,
  run: (editor) => flip(editor, false),
};
