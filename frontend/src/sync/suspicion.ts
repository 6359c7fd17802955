import type { Entry } from "./pending_pushes";
import { blamesOurFrames } from "./problem";

/** What to do about a socket that was closed. */
export interface Verdict {
  /** Whether it is worth coming back although the code says not to. */
  readonly curable: boolean;
  /** The push that closes every socket it is sent on; it has to be given up. */
  readonly culprit: Entry | null;
}

const INNOCENT: Verdict = { curable: false, culprit: null };

/**
 * Finds the frame of ours that the server cannot read.
 *
 * Coming back with the same frame would end the same way for ever. So once a socket was closed for that reason, pushes
 * go one at a time and live states not at all; the push that closes the next socket too is the culprit.
 */
export class Suspicion {
  #active = false;
  /** A socket ended that way with no push on its way: live states are to blame, for good. */
  #liveIsToBlame = false;

  /** Whether pushes go one at a time. */
  get active(): boolean {
    return this.#active;
  }

  get allowsLive(): boolean {
    return !this.#active && !this.#liveIsToBlame;
  }

  /** A socket was closed; `wasLive` tells it from one whose greeting failed. */
  closed(code: number, wasLive: boolean, inFlight: readonly Entry[]): Verdict {
    if (!blamesOurFrames(code)) return INNOCENT;
    const [suspect] = inFlight;
    if (!this.#active) {
      this.#active = wasLive;
      this.#liveIsToBlame ||= wasLive && suspect === undefined;
      return { curable: wasLive, culprit: null };
    }
    if (suspect === undefined || inFlight.length > 1) return INNOCENT;
    return { curable: true, culprit: suspect };
  }

  /** Every push that was there has been stored or given up. */
  clear(): void {
    this.#active = false;
  }
}
