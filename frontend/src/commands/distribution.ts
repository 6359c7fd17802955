import type { Command } from "../editor/tool";

/** Equal gaps between the selected units, side by side or one below the other. */
export const distributions: readonly Command[] = (["horizontally", "vertically"] as const).map(
  (way) => ({
    id: `distribute-${way}`,
    name: `command.distribute-${way}`,
    keys: [way === "horizontally" ? "Alt+Shift+H" : "Alt+Shift+V"],
    when: "selected",
    enabled: (editor) => editor.unlocked().length > 2,
    run: async (editor) => (await import("./arrange")).distribute(editor, way),
  }),
);
