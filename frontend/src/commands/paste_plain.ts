import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** Whatever is on the clipboard as letters only. */
export const pastePlain: Command = {
  id: "paste-plain",
  name: "command.paste-plain",
  keys: ["Ctrl+Shift+V"],
  native: true,
  enabled: always,
  run: (editor) => editor.clipboard.pasteFromPlatform(true),
};
