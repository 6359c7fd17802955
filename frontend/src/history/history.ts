import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { ChangeSet } from "../document/change_set";
import type { Element, Op } from "../generated/protocol";
import { type SavedHistory, type Step, savedHistory, stillMine } from "./saved_history";
import {
  changedProperties,
  mergeTargets,
  opsToward,
  type Target,
  type Targets,
  TITLE,
  targetsBetween,
  withoutProperties,
} from "./targets";

/** How many steps can be taken back. */
export const MAX_STEPS = 1000;

/** What a history acts on: a replica, or anything that takes ops and shows their effect at once. */
export interface Undoable {
  readonly title: string;
  get(id: string): Element | undefined;
  edit(ops: readonly Op[], gesture: string): void;
}

/**
 * One person's undo and redo: a gesture is one step, and only one's own edits are steps.
 *
 * A step is not a list of ops but what it leads to (`Targets`), so it can shrink: whatever somebody else
 * changes after me is struck from my steps and no undo of mine will ever touch it. The way forward again is
 * taken when the way back is walked, so n undos and n redos end where they began.
 */
export class History {
  readonly #document: Undoable;
  readonly #undo: Step[] = [];
  readonly #redo: Step[] = [];
  readonly #stepsOf = new Map<string, Set<Step>>();
  readonly #canUndo = signal(false);
  readonly #canRedo = signal(false);
  readonly #changes = signal(0);

  constructor(document: Undoable) {
    this.#document = document;
  }

  get canUndo(): ReadonlySignal<boolean> {
    return this.#canUndo;
  }

  get canRedo(): ReadonlySignal<boolean> {
    return this.#canRedo;
  }

  /** Counts up whenever a step comes, goes or shrinks. */
  get changes(): ReadonlySignal<number> {
    return this.#changes;
  }

  /** What to keep so that a page after this one can go on. */
  saved(): SavedHistory {
    return savedHistory(this.#undo, this.#redo, (id) => this.#document.get(id));
  }

  /** Goes on where an earlier page was, beneath what was done here already; the board must be up to date. */
  restore(saved: SavedHistory): void {
    const { undo, redo } = stillMine(saved, (id) => this.#document.get(id));
    if (this.#undo.length + this.#redo.length === 0)
      for (const step of redo) this.#push(this.#redo, step);
    this.#undo.unshift(...undo);
    for (const step of undo) this.#register(step);
    this.#tell();
  }

  /** Makes an edit and remembers the way back; edits of one gesture in a row are one step. */
  edit(ops: readonly Op[], gesture: string): void {
    const targets = this.#perform(ops, gesture);
    if (targets.size === 0) return;
    this.#forgetAll(this.#redo);
    const last = this.#undo.at(-1);
    if (last !== undefined && last.gesture === gesture) {
      last.targets = mergeTargets(last.targets, targets);
      this.#register(last);
    } else {
      this.#push(this.#undo, { gesture, targets });
      if (this.#undo.length > MAX_STEPS) this.#forget(this.#undo.shift());
    }
    this.#tell();
  }

  /** Elements that came in at my wish by another way than an edit: one step takes them away again. */
  adopt(ids: Iterable<string>, gesture: string): void {
    const targets = new Map<string, Target>();
    for (const id of ids) {
      if (this.#document.get(id) !== undefined) targets.set(id, { kind: "absent" });
    }
    if (targets.size === 0) return;
    this.#forgetAll(this.#redo);
    this.#push(this.#undo, { gesture, targets });
    this.#tell();
  }

  /** Takes the last step back; returns the ids it touched, none when there is nothing to take back. */
  undo(gesture: string): readonly string[] {
    return this.#walk(this.#undo, this.#redo, gesture);
  }

  redo(gesture: string): readonly string[] {
    return this.#walk(this.#redo, this.#undo, gesture);
  }

  /**
   * Somebody else changed this, or a snapshot did: my steps let go of it.
   *
   * `touched` names properties that others wrote although the view did not change, because an edit of mine
   * that is still on its way hides theirs.
   */
  noticed(changes: ChangeSet, touched?: ReadonlyMap<string, ReadonlySet<string>>): void {
    if (this.#stepsOf.size === 0) return;
    for (const { id } of changes.added) this.#letGo(id);
    for (const { id } of changes.removed) this.#letGo(id);
    for (const { before, after } of changes.updated) {
      if (this.#stepsOf.has(after.id)) this.#letGo(after.id, changedProperties(before, after));
    }
    if (touched !== undefined) for (const [id, names] of touched) this.#letGo(id, names);
    dropEmpty(this.#undo);
    dropEmpty(this.#redo);
    this.#tell();
  }

  /** An edit of mine was refused and rolled back: nobody wrote anything, but the step is void. */
  rolledBack(changes: ChangeSet): void {
    for (const { id } of [...changes.added, ...changes.removed]) this.#letGo(id);
    for (const { before, after } of changes.updated) {
      this.#letGo(after.id, changedProperties(before, after), true);
    }
    dropEmpty(this.#undo);
    dropEmpty(this.#redo);
    this.#tell();
  }

  #walk(from: Step[], to: Step[], gesture: string): readonly string[] {
    let touched: readonly string[] = [];
    // A step that others' work has left without effect would be a key press that does nothing.
    while (touched.length === 0) {
      const step = from.pop();
      if (step === undefined) break;
      this.#forget(step);
      const ops = opsToward(step.targets, (id) => this.#document.get(id), this.#document.title);
      if (ops.length === 0) continue;
      const targets = this.#perform(ops, gesture);
      if (targets.size === 0) continue;
      this.#push(to, { gesture, targets });
      touched = [...targets.keys()];
    }
    this.#tell();
    return touched;
  }

  #perform(ops: readonly Op[], gesture: string): Targets {
    const before = new Map<string, Element | undefined>();
    for (const op of ops) {
      if (op[0] === "title") continue;
      const id = op[0] === "put" ? op[1].id : op[1];
      if (!before.has(id)) before.set(id, this.#document.get(id));
    }
    const was = this.#document.title;
    this.#document.edit(ops, gesture);
    const targets = new Map(
      targetsBetween(
        before.keys(),
        (id) => before.get(id),
        (id) => this.#document.get(id),
      ),
    );
    const given = this.#document.title;
    if (given !== was) targets.set(TITLE, { kind: "title", was, given });
    return targets;
  }

  /** Strikes what steps want of `id`: all of it, or what concerns `names`; `mine`: nobody else wrote them. */
  #letGo(id: string, names?: ReadonlySet<string>, mine = false): void {
    const steps = this.#stepsOf.get(id);
    if (steps === undefined) return;
    for (const step of [...steps]) {
      const target = step.targets.get(id);
      if (target === undefined || (mine && names !== undefined && target.kind !== "props")) {
        continue;
      }
      const left = names === undefined ? undefined : withoutProperties(target, names);
      if (left === target) continue;
      const targets = new Map(step.targets);
      if (left === undefined) {
        targets.delete(id);
        steps.delete(step);
      } else targets.set(id, left);
      step.targets = targets;
    }
    if (steps.size === 0) this.#stepsOf.delete(id);
  }

  #push(stack: Step[], step: Step): void {
    stack.push(step);
    this.#register(step);
  }

  #register(step: Step): void {
    for (const id of step.targets.keys()) {
      const steps = this.#stepsOf.get(id);
      if (steps === undefined) this.#stepsOf.set(id, new Set([step]));
      else steps.add(step);
    }
  }

  #forget(step: Step | undefined): void {
    if (step === undefined) return;
    for (const id of step.targets.keys()) {
      const steps = this.#stepsOf.get(id);
      steps?.delete(step);
      if (steps?.size === 0) this.#stepsOf.delete(id);
    }
  }

  #forgetAll(stack: Step[]): void {
    for (const step of stack) this.#forget(step);
    stack.length = 0;
  }

  #tell(): void {
    this.#changes.value++;
    this.#canUndo.value = this.#undo.length > 0;
    this.#canRedo.value = this.#redo.length > 0;
  }
}

function dropEmpty(stack: Step[]): void {
  let kept = 0;
  for (const step of stack) if (step.targets.size > 0) stack[kept++] = step;
  stack.length = kept;
}
