import type { ToolDefinition } from "../../editor/tool";
import { TextIdle } from "./idle";

export const text: ToolDefinition = {
  name: "text",
  keys: ["T", "8"],
  cursor: "text",
  once: true,
  harmless: false,
  start: (editor) => new TextIdle(editor),
};
