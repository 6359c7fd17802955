import { zoomTo } from "../editor/fit";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** 100 %: one world unit is one CSS pixel. */
export const zoomReset: Command = {
  id: "zoom-reset",
  name: "command.zoom-reset",
  keys: ["Ctrl+0", "Shift+0"],
  harmless: true,
  enabled: always,
  run: (editor) => zoomTo(editor.ports.stage, 1),
};
