import { showBox } from "../editor/fit";
import { boundsOfAll } from "../editor/selection_box";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const zoomToFit: Command = {
  id: "zoom-to-fit",
  name: "command.zoom-to-fit",
  keys: ["Shift+1", "Alt+1"],
  harmless: true,
  enabled: always,
  run: (editor) => showBox(editor.ports.stage, boundsOfAll(editor.ports.replica.elements())),
};
