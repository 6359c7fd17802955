import type { BoxType } from "../../editor/new_element";
import type { ToolDefinition } from "../../editor/tool";
import { BoxIdle } from "./idle";

export const rectangle = boxTool("rectangle", ["R", "2"]);
export const diamond = boxTool("diamond", ["D", "3"]);
export const ellipse = boxTool("ellipse", ["O", "4"]);

function boxTool(name: BoxType, keys: readonly string[]): ToolDefinition {
  return {
    name,
    keys,
    cursor: "crosshair",
    once: true,
    harmless: false,
    start: (editor) => new BoxIdle(editor, name),
  };
}
