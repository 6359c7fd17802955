import type { PointerInput } from "../../editor/pointer_input";
import type { ClockPort } from "../../editor/ports";

/** A pointer that rests so long is held still on purpose. */
const HOLD_MS = 500;
/** Screen pixels that a hand trembles while it holds still. */
const TREMBLE = 5;

/** Calls once each time the pointer is held still. */
export class Hold {
  readonly #clock: ClockPort;
  readonly #held: () => void;
  #rest: PointerInput | null = null;
  #stop: () => void = () => {};

  constructor(clock: ClockPort, held: () => void) {
    this.#clock = clock;
    this.#held = held;
  }

  moved(at: PointerInput): void {
    const rest = this.#rest;
    const away =
      rest === null ? Infinity : Math.hypot(at.screenX - rest.screenX, at.screenY - rest.screenY);
    if (away <= TREMBLE) return;
    this.#rest = at;
    this.#stop();
    this.#stop = this.#clock.later(HOLD_MS, this.#held);
  }

  end(): void {
    this.#stop();
  }
}
