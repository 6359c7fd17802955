import { zoomBy } from "../editor/fit";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

export const ZOOM_STEP = 1.25;

export const zoomIn: Command = {
  id: "zoom-in",
  name: "command.zoom-in",
  keys: ["Ctrl+Plus", "Ctrl+="],
  harmless: true,
  enabled: always,
  run: (editor) => zoomBy(editor.ports.stage, ZOOM_STEP),
};
