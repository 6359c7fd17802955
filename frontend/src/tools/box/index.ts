import type { BoxType } from "../../editor/new_element";
import type { ToolDefinition } from "../../editor/tool";
import { BoxIdle } from "./idle";

/** A tool for each shape in a box. */
export const boxTools: Readonly<Record<BoxType, ToolDefinition>> = {
  rectangle: boxTool("rectangle", ["R", "2"]),
  ellipse: boxTool("ellipse", ["O", "4"]),
  diamond: boxTool("diamond", ["D", "3"]),
  triangle: boxTool("triangle", ["G"]),
};

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
