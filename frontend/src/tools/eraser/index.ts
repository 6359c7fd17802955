import type { ToolDefinition } from "../../editor/tool";
import { EraserIdle } from "./idle";

export const eraser: ToolDefinition = {
  name: "eraser",
  keys: ["E", "0"],
  cursor: "crosshair",
  once: false,
  harmless: false,
  start: (editor) => new EraserIdle(editor),
};
