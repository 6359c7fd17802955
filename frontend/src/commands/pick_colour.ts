import type { Command } from "../editor/tool";
import { PickingColour } from "../tools/eyedropper/picking_colour";
import { always } from "./enabled";

/** The next press takes the colour of what lies under it. */
export const pickColour: Command = {
  id: "pick-colour",
  name: "command.pick-colour",
  keys: ["I"],
  enabled: always,
  run: (editor) => editor.enter(new PickingColour(editor, "color")),
};

export const pickFill: Command = {
  id: "pick-fill",
  name: "command.pick-fill",
  keys: ["Shift+I"],
  enabled: always,
  run: (editor) => editor.enter(new PickingColour(editor, "fill")),
};
