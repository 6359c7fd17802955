import type { Command } from "../editor/tool";
import type { Side } from "./arrange";
import { align } from "./arrange";
import { whenSeveral } from "./enabled";

const KEYS: Readonly<Record<Side, string>> = {
  left: "Alt+A",
  center: "Alt+H",
  right: "Alt+D",
  top: "Alt+W",
  middle: "Alt+V",
  bottom: "Alt+S",
};

/** Six ways to bring the selected units onto one line. */
export const alignments: readonly Command[] = (Object.keys(KEYS) as Side[]).map((side) => ({
  id: `align-${side}`,
  name: `command.align-${side}`,
  keys: [KEYS[side]],
  when: "selected",
  enabled: whenSeveral,
  run: (editor) => align(editor, side),
}));
