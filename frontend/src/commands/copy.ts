import type { Command } from "../editor/tool";
import { whenSelected } from "./enabled";

export const copy: Command = {
  id: "copy",
  name: "command.copy",
  keys: ["Ctrl+C"],
  native: true,
  harmless: true,
  enabled: whenSelected,
  run: (editor) => editor.ports.platform.requestClipboard("copy"),
};
