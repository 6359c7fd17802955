import type { Availability as Word } from "../generated/protocol";
import type { Clock } from "../sync/ports";

/** Without input for so long, a page is idle. */
export const IDLE_MS = 60_000;
/** Hidden for so long, its person is away. */
export const AWAY_MS = 600_000;

/**
 * Whether somebody is at this page, told once each time it changes (rule L10).
 *
 * The page tells of input and of being hidden or seen; between them there is at most one timer.
 */
export class Availability {
  readonly #clock: Clock;
  readonly #tell: (word: Word) => void;
  #word: Word = "active";
  #inputAt: number;
  #hiddenAt: number | null = null;
  #stopTimer: (() => void) | null = null;

  constructor(clock: Clock, tell: (word: Word) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#inputAt = clock.now();
    this.#look();
  }

  /** A key, a pointer, a wheel. */
  input(): void {
    this.#inputAt = this.#clock.now();
    if (this.#word !== "active") this.#look();
  }

  /** The page was hidden, or is seen again: whoever looks at it is there. */
  visible(isVisible: boolean): void {
    if (isVisible) this.#inputAt = this.#clock.now();
    this.#hiddenAt = isVisible ? null : (this.#hiddenAt ?? this.#clock.now());
    this.#look();
  }

  #look(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    const now = this.#clock.now();
    const [word, until] = this.#at(now);
    if (until !== null) this.#stopTimer = this.#clock.later(until - now, () => this.#look());
    if (word === this.#word) return;
    this.#word = word;
    this.#tell(word);
  }

  /** The word for a moment, and until when it holds if nothing happens. */
  #at(now: number): [word: Word, until: number | null] {
    if (this.#hiddenAt !== null) {
      const away = this.#hiddenAt + AWAY_MS;
      return now >= away ? ["away", null] : ["idle", away];
    }
    const idle = this.#inputAt + IDLE_MS;
    return now >= idle ? ["idle", null] : ["active", idle];
  }
}
