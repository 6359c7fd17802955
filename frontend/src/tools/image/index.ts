import type { ToolDefinition } from "../../editor/tool";
import { Choosing } from "./choosing";

export const image: ToolDefinition = {
  name: "image",
  keys: ["9"],
  cursor: "default",
  once: true,
  harmless: false,
  start: (editor) => new Choosing(editor),
};
