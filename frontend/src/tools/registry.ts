import type { ToolDefinition, ToolName } from "../editor/tool";
import { boxTools } from "./box";
import { eraser } from "./eraser";
import { frame } from "./frame";
import { hand } from "./hand";
import { image } from "./image";
import { laser } from "./laser";
import { arrow, line } from "./linear";
import { note } from "./note";
import { highlighter, pen } from "./pen";
import { select } from "./select";
import { text } from "./text";

/** Every tool, in the order of the toolbar. */
export const TOOLS: Readonly<Record<ToolName, ToolDefinition>> = {
  select,
  hand,
  pen,
  highlighter,
  eraser,
  ...boxTools,
  line,
  arrow,
  text,
  note,
  image,
  frame,
  laser,
};
