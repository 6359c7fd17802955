import type { ClockPort } from "../../editor/ports";

/** Time that passes only when it is told to. */
export class FakeClock implements ClockPort {
  #now = 1000;
  readonly #waiting = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  later(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run };
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const entry of [...this.#waiting]) {
      if (entry.at > this.#now) continue;
      this.#waiting.delete(entry);
      entry.run();
    }
  }
}
