import { zoomBy } from "../editor/fit";
import type { Command } from "../editor/tool";
import { always } from "./enabled";
import { ZOOM_STEP } from "./zoom_in";

export const zoomOut: Command = {
  id: "zoom-out",
  name: "command.zoom-out",
  keys: ["Ctrl+Minus"],
  harmless: true,
  enabled: always,
  run: (editor) => zoomBy(editor.ports.stage, 1 / ZOOM_STEP),
};
