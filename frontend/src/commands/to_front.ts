import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";
import { reordered, withContained } from "./order";

export const toFront: Command = {
  id: "to-front",
  name: "command.to-front",
  keys: ["]"],
  enabled: whenUnlocked,
  run(editor) {
    const moved = withContained(editor);
    editor.change(reordered(moved, editor.order.above(moved.length)));
  },
};
