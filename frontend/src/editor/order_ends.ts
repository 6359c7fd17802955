import type { ChangeSet, ReadonlyDocument } from "../document/change_set";
import type { Random } from "../document/new_id";
import { orderKeyBetween, orderKeysBetween } from "../document/order";
import type { Element } from "../generated/protocol";

/**
 * The outermost order keys ever seen on the board, so that the next element goes on top without a look at all others.
 *
 * A deleted topmost element leaves its key behind; a key above it is still above everything.
 */
export class OrderEnds {
  readonly #document: ReadonlyDocument;
  #top: string | null = null;
  #bottom: string | null = null;
  readonly #random: Random;

  constructor(document: ReadonlyDocument, random: Random) {
    this.#document = document;
    this.#random = random;
    for (const { z } of document.elements()) this.#see(z);
  }

  apply(changes: ChangeSet): void {
    for (const { z } of changes.added) this.#see(z);
    for (const { after } of changes.updated) this.#see(after.z);
  }

  /** `count` keys above everything, in order. */
  above(count = 1): string[] {
    return orderKeysBetween(this.#top, null, count, this.#random);
  }

  below(count = 1): string[] {
    return orderKeysBetween(null, this.#bottom, count, this.#random);
  }

  /** A key right above that of an element, below whatever covers it. */
  over({ z }: Element): string {
    let next: string | null = null;
    for (const other of this.#document.elements()) {
      if (other.z > z && (next === null || other.z < next)) next = other.z;
    }
    return orderKeyBetween(z, next, this.#random);
  }

  #see(z: string): void {
    if (this.#top === null || z > this.#top) this.#top = z;
    if (this.#bottom === null || z < this.#bottom) this.#bottom = z;
  }
}
