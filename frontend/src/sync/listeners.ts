/** Who wants to hear of one thing; told in the order in which they came, each once. */
export class Listeners<Said extends readonly unknown[]> {
  readonly #listeners = new Set<(...said: Said) => void>();

  /** Returns how to be told no longer. */
  readonly add = (listener: (...said: Said) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(...said: Said): void {
    for (const listener of this.#listeners) listener(...said);
  }
}
