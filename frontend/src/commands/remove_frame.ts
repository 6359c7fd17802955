import type { Command } from "../editor/tool";
import type { Op } from "../generated/protocol";

/** Takes frames away and leaves on the board what was in them. */
export const removeFrame: Command = {
  id: "remove-frame",
  name: "command.remove-frame",
  keys: [],
  enabled: (editor) => editor.unlocked().some(({ type }) => type === "frame"),
  run(editor) {
    const frames = editor.unlocked().filter(({ type }) => type === "frame");
    const inner = frames.flatMap(({ id }) => editor.attachments.within(id));
    const freed: Op[] = inner.map(({ id }) => ["set", id, { frame: "" }]);
    editor.edit([...freed, ...frames.map(({ id }): Op => ["delete", id])]);
    editor.select(inner.filter((each) => editor.holderOf(each) === each).map(({ id }) => id));
  },
};
