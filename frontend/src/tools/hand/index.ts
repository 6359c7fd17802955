import type { ToolDefinition } from "../../editor/tool";
import { HandIdle } from "./idle";

export const hand: ToolDefinition = {
  name: "hand",
  keys: ["H"],
  cursor: "grab",
  once: false,
  harmless: true,
  start: (editor) => new HandIdle(editor),
};
