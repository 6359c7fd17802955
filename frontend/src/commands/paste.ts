import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const paste: Command = {
  id: "paste",
  name: "command.paste",
  keys: ["Ctrl+V"],
  native: true,
  enabled: always,
  run: (editor) => editor.clipboard.pasteFromPlatform(),
};
