import type { ToolDefinition } from "../../editor/tool";
import { LaserIdle } from "./idle";

/** Points at things for a moment; nothing of it stays, so those who may only look have it too. */
export const laser: ToolDefinition = {
  name: "laser",
  keys: ["K"],
  cursor: "crosshair",
  once: false,
  harmless: true,
  start: (editor) => new LaserIdle(editor),
};
