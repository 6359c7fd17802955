import { showBox } from "../editor/fit";
import { boundsOfAll } from "../editor/selection_box";
import type { Command } from "../editor/tool";
import { whenSelected } from "./enabled";

export const zoomToSelection: Command = {
  id: "zoom-to-selection",
  name: "command.zoom-to-selection",
  keys: ["Shift+2", "Alt+2"],
  harmless: true,
  enabled: whenSelected,
  run: (editor) => showBox(editor.ports.stage, boundsOfAll(editor.selected())),
};
