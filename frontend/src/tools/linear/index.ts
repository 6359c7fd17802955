import type { ToolDefinition } from "../../editor/tool";
import { LinearIdle } from "./idle";

export const arrow = linearTool("arrow", ["A", "5"]);
export const line = linearTool("line", ["L", "6"]);

function linearTool(name: "line" | "arrow", keys: readonly string[]): ToolDefinition {
  return {
    name,
    keys,
    cursor: "crosshair",
    once: true,
    harmless: false,
    start: (editor) => new LinearIdle(editor, name),
  };
}
