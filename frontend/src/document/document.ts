import type { Element, Op } from "../generated/protocol";
import { ChangeRecorder } from "./change_recorder";
import type { ChangeSet, ReadonlyDocument } from "./change_set";
import { afterOp, idOf } from "./rules";

/** A board's elements and title, changed only by ops; the same rules as `backend/inkwire/rooms/document.py`. */
export class BoardDocument implements ReadonlyDocument {
  title: string;
  readonly #elements = new Map<string, Element>();

  constructor(elements: Iterable<Element> = [], title = "") {
    this.title = title;
    for (const element of elements) this.#elements.set(element.id, element);
  }

  get size(): number {
    return this.#elements.size;
  }

  get(id: string): Element | undefined {
    return this.#elements.get(id);
  }

  elements(): Iterable<Element> {
    return this.#elements.values();
  }

  /** Applies ops in order; an op that finds nothing to change changes nothing. */
  apply(ops: readonly Op[]): ChangeSet {
    const recorder = new ChangeRecorder();
    for (const op of ops) {
      if (op[0] === "title") {
        this.title = op[1];
        continue;
      }
      const id = idOf(op);
      const before = this.#elements.get(id);
      const after = afterOp(before, op);
      if (after === before) continue;
      recorder.note(id, before);
      if (after === undefined) this.#elements.delete(id);
      else this.#elements.set(id, after);
    }
    return recorder.result((id) => this.#elements.get(id));
  }
}
