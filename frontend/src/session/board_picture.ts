import { signal } from "@preact/signals-core";
import { request } from "./server";

/** A picture is asked for no sooner than so long after the last one, and than ten times what that took. */
const PAUSE_MS = 3_000;
const SHARE = 10;

/** A picture of a board, drawn by the server; as new as it is cheap. */
export class BoardPicture {
  /** Empty until the first has come, null if nothing is drawn. */
  readonly url = signal<string | null>("");
  readonly #board: { readonly id: string; readonly token: string };
  readonly #theme: () => string;
  #isStale = false;
  #isBusy = false;

  constructor(board: { readonly id: string; readonly token: string }, theme: () => string) {
    this.#board = board;
    this.#theme = theme;
    document.addEventListener("visibilitychange", () => void this.#refresh());
  }

  /** The board has changed. */
  changed(): void {
    this.#isStale = true;
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    if (!this.#isStale || this.#isBusy || document.hidden) return;
    this.#isBusy = true;
    this.#isStale = false;
    const began = performance.now();
    try {
      await this.#fetch();
    } catch {
      this.#isStale = true; // Offline, or too many at once: the one that is shown stays.
    }
    const took = performance.now() - began;
    setTimeout(
      () => {
        this.#isBusy = false;
        void this.#refresh();
      },
      Math.max(PAUSE_MS, SHARE * took),
    );
  }

  async #fetch(): Promise<void> {
    const { id, token } = this.#board;
    const meta = await request(`/api/boards/${id}`, token);
    const { elements } = (await meta.json()) as { elements: number };
    let next: string | null = null;
    if (elements > 0) {
      const answer = await request(`/api/boards/${id}/export.svg?theme=${this.#theme()}`, token);
      next = URL.createObjectURL(await answer.blob());
    }
    const before = this.url.value;
    this.url.value = next;
    if (before) setTimeout(() => URL.revokeObjectURL(before), PAUSE_MS);
  }
}
