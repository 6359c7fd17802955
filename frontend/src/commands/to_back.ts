import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { reordered, withContained } from "./order";

export const toBack: Command = {
  id: "to-back",
  name: "command.to-back",
  keys: ["["],
  enabled: whenUnlocked,
  run(editor) {
    const moved = withContained(editor);
    editor.change(reordered(moved, editor.order.below(moved.length)));
  },
};
