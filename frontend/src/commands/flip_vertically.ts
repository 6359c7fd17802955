import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

export const flipVertically: Command = {
  id: "flip-vertically",
  name: "command.flip-vertically",
  keys: ["Shift+V"],
  enabled: whenUnlocked,
  run: async (editor) => (await import("./flip")).flip(editor, false),
};
