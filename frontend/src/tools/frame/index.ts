import type { ToolDefinition } from "../../editor/tool";
import { FrameIdle } from "./idle";

export const frame: ToolDefinition = {
  name: "frame",
  keys: ["F"],
  cursor: "crosshair",
  once: true,
  harmless: false,
  start: (editor) => new FrameIdle(editor),
};
