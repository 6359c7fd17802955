import type { Vec } from "../geometry/place";

/** Somebody's pointer, in the world. */
export interface OverlayCursor {
  readonly person: string;
  readonly at: Vec;
  readonly name: string;
  readonly colour: string;
  /** How much of it is seen, 0 to 1: less of somebody who does nothing. */
  readonly presence: number;
}

/** From seen to not seen, in ms. */
const FADE_MS = 400;

interface Shown {
  cursor: OverlayCursor;
  alpha: number;
  isGone: boolean;
}

/** Other people's pointers: who leaves or does nothing fades, who is back is seen at once. */
export class Cursors {
  readonly #shown = new Map<string, Shown>();
  #at = 0;

  get size(): number {
    return this.#shown.size;
  }

  /** Who has one now. */
  set(cursors: readonly OverlayCursor[], now: number): void {
    if (!this.#fades()) this.#at = now;
    for (const shown of this.#shown.values()) shown.isGone = true;
    for (const cursor of cursors) {
      const before = this.#shown.get(cursor.person);
      const alpha = Math.max(before?.alpha ?? cursor.presence, cursor.presence);
      this.#shown.set(cursor.person, { cursor, alpha, isGone: false });
    }
  }

  /** Lets time pass; answers what is seen and how much, and whether there is more to come. */
  at(now: number): {
    readonly seen: readonly (readonly [OverlayCursor, alpha: number])[];
    readonly fades: boolean;
  } {
    const step = Math.max(0, now - this.#at) / FADE_MS;
    this.#at = now;
    for (const [person, shown] of this.#shown) {
      const aim = shown.isGone ? 0 : shown.cursor.presence;
      shown.alpha = Math.max(aim, shown.alpha - step);
      if (shown.isGone && shown.alpha === 0) this.#shown.delete(person);
    }
    const seen = [...this.#shown.values()].flatMap(({ cursor, alpha }) =>
      alpha > 0 ? [[cursor, alpha] as const] : [],
    );
    return { seen, fades: this.#fades() };
  }

  #fades(): boolean {
    for (const { cursor, alpha, isGone } of this.#shown.values()) {
      if (alpha > (isGone ? 0 : cursor.presence)) return true;
    }
    return false;
  }
}
