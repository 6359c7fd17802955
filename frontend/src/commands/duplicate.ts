import { toWire } from "../document/wire_element";
import { duplicateOf } from "../editor/duplicate";
import { framedAnew } from "../editor/frames";
import type { Command } from "../editor/tool";
import { whenUnlocked } from "./enabled";

/** Screen pixels that the copy lies off, to the right and down. */
const STEP = 20;

export const duplicate: Command = {
  id: "duplicate",
  name: "command.duplicate",
  keys: ["Ctrl+D"],
  enabled: whenUnlocked,
  run(editor) {
    const selected = editor.unlocked().map(({ id }) => id);
    const originals = editor.existing(editor.attachments.withContents(selected));
    const step = STEP / editor.zoom;
    const copies = duplicateOf(originals, step, step, {
      newId: () => editor.newId(),
      keys: (count) => editor.order.above(count),
    });
    editor.edit(
      framedAnew(copies.elements, editor.attachments.frames()).map((copy) => ["put", toWire(copy)]),
    );
    editor.select(selected.flatMap((id) => copies.ids.get(id) ?? []));
  },
};
