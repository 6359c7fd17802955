import type { Command } from "../editor/tool";
import { distribute } from "./arrange";

/** Equal gaps between the selected units, side by side or one below the other. */
export const distributions: readonly Command[] = (["horizontally", "vertically"] as const).map(
  (way) => ({
    id: `distribute-${way}`,
    name: `command.distribute-${way}`,
    keys: [way === "horizontally" ? "Alt+Shift+H" : "Alt+Shift+V"],
    when: "selected",
    enabled: (editor) => editor.unlocked().length > 2,
    run: (editor) => distribute(editor, way),
  }),
);
