import { type Element, PROPERTIES } from "../generated/protocol";
import {
  changedProperties,
  type Lookup,
  type Target,
  type Targets,
  TITLE,
  withoutProperties,
} from "./targets";

/** One gesture: what taking it back (or making it again) leads to. */
export interface Step {
  readonly gesture: string;
  targets: Targets;
}

/** What a history is after a reload: plain values that a browser's database keeps. */
export interface SavedHistory {
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
  /** How each element that a step names looked when this was saved; undefined: it was not there. */
  readonly seen: ReadonlyMap<string, Element | undefined>;
}

/** Elements that the steps of one saved history name; older steps are let go rather than fill the device. */
export const MAX_SAVED_TARGETS = 2_000;

const EVERYTHING: ReadonlySet<string> = new Set(Object.values(PROPERTIES).flat());

/** The newest steps, the nearest of either direction, and what the board is to them now. */
export function savedHistory(
  undo: readonly Step[],
  redo: readonly Step[],
  document: Lookup,
): SavedHistory {
  let room = MAX_SAVED_TARGETS;
  const newest = (steps: readonly Step[]): readonly Step[] => {
    let from = steps.length;
    while (from > 0 && room >= (steps[from - 1] as Step).targets.size) {
      from--;
      room -= (steps[from] as Step).targets.size;
    }
    return steps.slice(from).map(({ gesture, targets }) => ({ gesture, targets }));
  };
  const saved = { undo: newest(undo), redo: newest(redo) };
  const seen = new Map<string, Element | undefined>();
  for (const { targets } of [...saved.undo, ...saved.redo]) {
    for (const id of targets.keys()) if (id !== TITLE) seen.set(id, document(id));
  }
  return { ...saved, seen };
}

/** The saved steps without what somebody has changed since: no undo may take away another's later value. */
export function stillMine(saved: SavedHistory, document: Lookup): Omit<SavedHistory, "seen"> {
  const foreign = new Map<string, ReadonlySet<string>>();
  for (const [id, was] of saved.seen) {
    const is = document(id);
    if (was === undefined && is === undefined) continue;
    // Deleted, put back or made another thing: nothing of it is as I left it.
    const isSame = was !== undefined && is !== undefined && was.type === is.type;
    const names = isSame ? changedProperties(was, is) : EVERYTHING;
    if (names.size > 0) foreign.set(id, names);
  }
  const kept = (steps: readonly Step[]): Step[] =>
    steps
      .map(({ gesture, targets }) => ({ gesture, targets: without(targets, foreign) }))
      .filter(({ targets }) => targets.size > 0);
  return { undo: kept(saved.undo), redo: kept(saved.redo) };
}

function without(targets: Targets, foreign: ReadonlyMap<string, ReadonlySet<string>>): Targets {
  const kept = new Map<string, Target>();
  for (const [id, target] of targets) {
    const names = foreign.get(id);
    const left = names === undefined ? target : withoutProperties(target, names);
    if (left !== undefined) kept.set(id, left);
  }
  return kept;
}
