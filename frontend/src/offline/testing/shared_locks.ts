import type { Exclusive } from "../exclusive";

/** Locks of one browser: each page gets its own door to them, and a page that dies lets go of all. */
export class SharedLocks {
  readonly #held = new Map<string, object>();

  page(): Exclusive & { die(): void } {
    const page = {};
    const letGo = (name: string) => {
      if (this.#held.get(name) === page) this.#held.delete(name);
    };
    return {
      tryHold: (name) => {
        if (this.#held.has(name)) return Promise.resolve(null);
        this.#held.set(name, page);
        return Promise.resolve(() => letGo(name));
      },
      die: () => {
        for (const name of [...this.#held.keys()]) letGo(name);
      },
    };
  }
}
