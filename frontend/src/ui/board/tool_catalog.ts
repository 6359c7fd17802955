import {
  ArrowUpRight,
  Circle,
  Diamond,
  Eraser,
  Frame,
  Hand,
  Highlighter,
  type IconNode,
  Image,
  Laser,
  MousePointer2,
  Pencil,
  Slash,
  Square,
  StickyNote,
  Triangle,
  Type,
} from "lucide";
import type { Editor } from "../../editor/editor";
import type { ToolName } from "../../editor/tool";

export const TOOL_ICONS: Readonly<Record<ToolName, IconNode>> = {
  select: MousePointer2,
  hand: Hand,
  pen: Pencil,
  highlighter: Highlighter,
  eraser: Eraser,
  rectangle: Square,
  ellipse: Circle,
  diamond: Diamond,
  triangle: Triangle,
  line: Slash,
  arrow: ArrowUpRight,
  text: Type,
  note: StickyNote,
  image: Image,
  frame: Frame,
  laser: Laser,
};

export const SHAPES: readonly ToolName[] = [
  "rectangle",
  "diamond",
  "ellipse",
  "triangle",
  "arrow",
  "line",
];

/** As they stand in the bar; a gap between the groups. */
export const TOOL_GROUPS: readonly (readonly ToolName[])[] = [
  ["select", "hand"],
  SHAPES,
  ["pen", "highlighter", "eraser"],
  ["text", "note", "image", "frame"],
  ["laser"],
];

/** For somebody who may only look. */
export const LOOKING: readonly ToolName[] = ["select", "hand", "laser"];

/** The chords that choose a tool, best first. */
export function toolKeys(editor: Editor, tool: ToolName): readonly string[] {
  return editor.ports.tools[tool].keys;
}

/** The one sign printed on the button: the digit where there is one, as in other editors. */
export function keyHint(keys: readonly string[]): string {
  return keys.find((key) => /^\d$/.test(key)) ?? keys.find((key) => key.length === 1) ?? "";
}
