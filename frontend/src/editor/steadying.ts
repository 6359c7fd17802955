import type { Hand } from "./hand";
import type { PointerSample } from "./pointer_input";

/** Milliseconds in which the ink comes two thirds of the way to the pointer. */
const LAG = { off: 0, normal: 25, strong: 80 } as const;

/** Ink that follows the pointer on a soft spring: what trembles faster than its lag is smoothed away. */
export class Steadying {
  readonly #lag: number;
  #last: PointerSample | null = null;

  constructor(steadies: Hand["steadies"]) {
    this.#lag = LAG[steadies];
  }

  /** Where the ink is when the pointer is at `sample`. */
  follow(sample: PointerSample): PointerSample {
    const last = this.#last;
    if (last === null || this.#lag === 0) {
      this.#last = sample;
      return sample;
    }
    const share = 1 - Math.exp(-Math.max(1, sample.time - last.time) / this.#lag);
    const mix = (from: number, to: number) => from + (to - from) * share;
    const steady = {
      x: mix(last.x, sample.x),
      y: mix(last.y, sample.y),
      pressure: mix(last.pressure, sample.pressure),
      time: sample.time,
    };
    this.#last = steady;
    return steady;
  }
}
