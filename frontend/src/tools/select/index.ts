import type { ToolDefinition } from "../../editor/tool";
import { SelectIdle } from "./idle";

export const select: ToolDefinition = {
  name: "select",
  keys: ["V", "1"],
  cursor: "default",
  once: false,
  harmless: true,
  start: (editor) => new SelectIdle(editor),
};
