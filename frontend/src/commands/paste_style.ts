import type { Command } from "../editor/tool";
import { copied } from "./copy_style";
import { whenUnlocked } from "./enabled";

export const pasteStyle: Command = {
  id: "paste-style",
  name: "command.paste-style",
  keys: ["Ctrl+Alt+V"],
  enabled: (editor) => copied.style !== null && whenUnlocked(editor),
  run(editor) {
    if (copied.style !== null) editor.setStyle(copied.style);
  },
};
