import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

export const flipHorizontally: Command = {
  id: "flip-horizontally",
  name: "command.flip-horizontally",
  keys: ["Shift+H"],
  enabled: whenUnlocked,
  run: async (editor) => (await import("./flip")).flip(editor, true),
};
