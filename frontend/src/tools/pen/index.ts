import type { ToolDefinition } from "../../editor/tool";
import { PenIdle } from "./idle";

export const pen: ToolDefinition = {
  name: "pen",
  keys: ["P", "X", "7"],
  cursor: "crosshair",
  once: false,
  harmless: false,
  start: (editor) => new PenIdle(editor, "pen"),
};

export const highlighter: ToolDefinition = {
  name: "highlighter",
  keys: ["Shift+P"],
  cursor: "crosshair",
  once: false,
  harmless: false,
  start: (editor) => new PenIdle(editor, "highlighter"),
};
