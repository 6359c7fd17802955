import type { Editor } from "../editor/editor";
import { withFollowers } from "../editor/followers";
import type { Command } from "../editor/tool";
import { translatePlace } from "../geometry/place";
import { whenUnlocked } from "./enabled";

const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;
type Way = keyof typeof WAYS;

/** World units. */
const NEAR = 1;
const FAR = 10;
/** Presses that follow each other as fast are one step of undo. */
const ONE_STEP_MS = 1000;

/** The selection by 1 or by 10, four ways each. */
export const nudges: readonly Command[] = (Object.keys(WAYS) as Way[]).flatMap((way) => [
  nudge(way, NEAR),
  nudge(way, FAR),
]);

function nudge(way: Way, by: number): Command {
  const key = `Arrow${way[0]?.toUpperCase()}${way.slice(1)}`;
  const far = by === FAR;
  return {
    id: far ? `nudge-far-${way}` : `nudge-${way}`,
    name: far ? `command.nudge-far-${way}` : `command.nudge-${way}`,
    keys: [far ? `Shift+${key}` : key],
    when: "selected",
    enabled: whenUnlocked,
    run: (editor) => move(editor, WAYS[way][0] * by, WAYS[way][1] * by),
  };
}

function move(editor: Editor, dx: number, dy: number): void {
  const ids = editor.attachments.withContents(editor.unlocked().map(({ id }) => id));
  const changes = new Map(
    editor.existing(ids).map(({ id, place }) => [id, { place: translatePlace(place, dx, dy) }]),
  );
  editor.change(withFollowers(changes, editor.following), gestureOf(editor));
}

const last = new WeakMap<Editor, { gesture: string; at: number; selection: unknown }>();

function gestureOf(editor: Editor): string {
  const at = editor.ports.clock.now();
  const selection = editor.selection.value;
  const before = last.get(editor);
  const goesOn =
    before !== undefined && before.selection === selection && at - before.at < ONE_STEP_MS;
  const gesture = goesOn ? before.gesture : editor.newGesture();
  last.set(editor, { gesture, at, selection });
  return gesture;
}
