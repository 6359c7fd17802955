import type { ToolDefinition } from "../../editor/tool";
import { NoteIdle } from "./idle";

export const note: ToolDefinition = {
  name: "note",
  keys: ["N"],
  cursor: "crosshair",
  once: true,
  harmless: false,
  start: (editor) => new NoteIdle(editor),
};
