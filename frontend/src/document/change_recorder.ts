import type { Element } from "../generated/protocol";
import type { ChangeSet } from "./change_set";

export const NO_CHANGES: ChangeSet = { added: [], updated: [], removed: [] };

export function isEmpty(changes: ChangeSet): boolean {
  return changes.added.length + changes.updated.length + changes.removed.length === 0;
}

/** Remembers what elements were before the first of several changes, to tell in the end what changed. */
export class ChangeRecorder {
  readonly #before = new Map<string, Element | undefined>();

  get ids(): Iterable<string> {
    return this.#before.keys();
  }

  /** To be called before each change; only the first call for an id counts. */
  note(id: string, before: Element | undefined): void {
    if (!this.#before.has(id)) this.#before.set(id, before);
  }

  /** What an element was before the first change; undefined also for one that nothing was noted of. */
  before(id: string): Element | undefined {
    return this.#before.get(id);
  }

  /** What changed, given what the elements are now. */
  result(now: (id: string) => Element | undefined): ChangeSet {
    const added: Element[] = [];
    const updated: { before: Element; after: Element }[] = [];
    const removed: Element[] = [];
    for (const [id, before] of this.#before) {
      const after = now(id);
      if (before === after) continue;
      if (before === undefined) added.push(after as Element);
      else if (after === undefined) removed.push(before);
      else updated.push({ before, after });
    }
    return { added, updated, removed };
  }
}
