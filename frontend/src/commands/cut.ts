import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

export const cut: Command = {
  id: "cut",
  name: "command.cut",
  keys: ["Ctrl+X"],
  native: true,
  enabled: whenUnlocked,
  run: (editor) => editor.ports.platform.requestClipboard("cut"),
};
