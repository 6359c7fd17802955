import { toWire } from "../document/wire_element";
import { newFrame } from "../editor/new_element";
import { opsOf } from "../editor/preview";
import { boundsOfAll } from "../editor/selection_box";
import type { Command } from "../editor/tool";
import { inflate } from "../geometry/box";

/** World units around what is framed. */
const MARGIN = 24;

/** A frame around what is selected, which is in it from then on. */
export const frameSelection: Command = {
  id: "frame-selection",
  name: "command.frame-selection",
  keys: ["Ctrl+Alt+G"],
  enabled: (editor) => editor.unlocked().some(({ type }) => type !== "frame"),
  run(editor) {
    const ids = editor.attachments.withContents(editor.unlocked().map(({ id }) => id));
    const all = editor.existing(ids);
    const inner = all.filter((each) => each.type !== "frame" && !ids.has(each.frame));
    const { minX, minY, maxX, maxY } = inflate(boundsOfAll(all), MARGIN);
    const frame = newFrame(editor.birth([minX, minY, maxX - minX, maxY - minY, 0]));
    const changes = new Map(inner.map(({ id }) => [id, { frame: frame.id }]));
    editor.edit([["put", toWire(frame)], ...opsOf(changes)]);
    editor.entered.value = null;
    editor.select([frame.id]);
  },
};
