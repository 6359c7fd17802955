import type { Clock } from "./ports";

/** One timer for everything that wants to be done later: it rings at the earliest moment asked for. */
export class Wakeup {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: { readonly at: number; readonly cancel: () => void } | null = null;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at `at` or before: a timer that rings too early only looks at what is due. Null asks for none. */
  at(at: number | null): void {
    const now = this.#clock.now();
    if (at !== null && this.#timer !== null && this.#timer.at <= at && this.#timer.at > now) return;
    this.#timer?.cancel();
    this.#timer = null;
    if (at === null) return;
    const cancel = this.#clock.later(Math.max(0, at - now), () => {
      this.#timer = null;
      this.#ring();
    });
    this.#timer = { at, cancel };
  }
}

/** The earlier of two moments; null is never. */
export function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
