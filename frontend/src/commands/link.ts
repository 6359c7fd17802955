import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

/** Sets where a press on the mark of what is selected leads. */
export const link: Command = {
  id: "link",
  name: "command.link",
  keys: ["Ctrl+K"],
  when: "selected",
  enabled: whenUnlocked,
  run: (editor) => editor.togglePanel("link"),
};
