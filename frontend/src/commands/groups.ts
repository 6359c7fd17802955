/** The groups in which people look for a command, in the order they are shown. */
export const GROUPS = ["tools", "edit", "view", "arrange"] as const;
export type Group = (typeof GROUPS)[number];

const CHOOSING = /^(tool-|keep-tool$|place-in-view$)/;
const ARRANGING =
  /^(group|ungroup|lock|forward|backward|to-front|to-back)$|^(flip|align|distribute|nudge)-/;
const LOOKING =
  /^zoom-|^(bring-everyone|dark-mode|find|grid|help|minimap|palette|snap-to-objects|view-only|wheel-zooms)$/;

/** The group of a command, by its id. */
export function groupOf(id: string): Group {
  if (CHOOSING.test(id)) return "tools";
  if (ARRANGING.test(id)) return "arrange";
  return LOOKING.test(id) ? "view" : "edit";
}
