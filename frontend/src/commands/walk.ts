import type { Editor } from "../editor/editor";
import { revealBox } from "../editor/fit";
import { boundsOfAll } from "../editor/selection_box";
import type { Command } from "../editor/tool";
import { type Box, isEmpty } from "../geometry/box";
import { readingOrder } from "../spatial/reading_order";

interface Stop {
  readonly ids: ReadonlySet<string>;
  readonly box: Box;
}

/** What can be selected, a group as one thing, in the order in which the board is read. */
function stopsOf(editor: Editor): Stop[] {
  const stops: Stop[] = [];
  const seen = new Set<string>();
  const { boundsOf } = editor.ports.elements;
  for (const element of editor.ports.replica.elements()) {
    if (seen.has(element.id) || editor.holderOf(element) !== element) continue;
    const ids = editor.unitOf(element);
    for (const id of ids) seen.add(id);
    const members = ids.size === 1 ? [element] : editor.existing(ids);
    stops.push({ ids, box: members.length === 1 ? boundsOf(element) : boundsOfAll(members) });
  }
  return readingOrder(stops.filter(({ box }) => !isEmpty(box)));
}

/** The stop `step` further than what is selected; from the first or the last when nothing is. */
function stopAfter(editor: Editor, step: 1 | -1): Stop | undefined {
  const stops = stopsOf(editor);
  const selected = editor.selection.value;
  if (selected.size === 0) return stops.at(step > 0 ? 0 : -1);
  const isHere = ({ ids }: Stop) => [...ids].some((id) => selected.has(id));
  const here = step > 0 ? stops.findLastIndex(isHere) : stops.findIndex(isHere);
  return here < 0 ? stops.at(step > 0 ? 0 : -1) : stops[here + step];
}

function walking(id: string, name: string, keys: readonly string[], step: 1 | -1): Command {
  return {
    id,
    name,
    keys,
    harmless: true,
    // At the end of the board the key goes on to what comes after it on the page.
    passes: true,
    enabled: (editor) => stopAfter(editor, step) !== undefined,
    run(editor) {
      const stop = stopAfter(editor, step);
      if (stop === undefined) return;
      editor.setTool("select");
      editor.select(stop.ids);
      revealBox(editor.ports.stage, stop.box);
    },
  };
}

/** Tab walks what is on the board while the board has the keyboard. */
export const selectNext = walking("select-next", "command.select-next", ["Tab"], 1);
export const selectPrevious = walking(
  "select-previous",
  "command.select-previous",
  ["Shift+Tab"],
  -1,
);
