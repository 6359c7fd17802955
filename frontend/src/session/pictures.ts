import type { BoardAddress } from "./board_address";
import { request } from "./server";

/** After a failure, a picture is asked for again at the earliest after so many ms. */
const RETRY_AFTER = 5_000;

/**
 * The pictures of a board by the hash of their bytes, fetched when they are first painted. `arrived`
 * is called when one can be shown that could not be before.
 */
export class Pictures {
  readonly #address: BoardAddress;
  readonly #arrived: () => void;
  readonly #here = new Map<string, ImageBitmap>();
  readonly #coming = new Map<string, Promise<void>>();
  readonly #failedAt = new Map<string, number>();

  constructor(address: BoardAddress, arrived: () => void) {
    this.#address = address;
    this.#arrived = arrived;
  }

  /** A picture, or undefined until it is there. */
  readonly get = (file: string): ImageBitmap | undefined => {
    const known = this.#here.get(file);
    if (known === undefined) this.#ask(file);
    return known;
  };

  /** Resolves when no picture is on its way. */
  async settled(): Promise<void> {
    while (this.#coming.size > 0) await Promise.all(this.#coming.values());
  }

  #ask(file: string): void {
    if (this.#coming.has(file)) return;
    if (performance.now() - (this.#failedAt.get(file) ?? Number.NEGATIVE_INFINITY) < RETRY_AFTER) {
      return;
    }
    this.#coming.set(
      file,
      this.#fetch(file).finally(() => this.#coming.delete(file)),
    );
  }

  async #fetch(file: string): Promise<void> {
    const { id, token } = this.#address;
    try {
      const response = await request(`/api/boards/${id}/images/${file}?soon=true`, token);
      if (response.status === 204) throw new Error("not there yet");
      this.#here.set(file, await createImageBitmap(await response.blob()));
      this.#arrived();
    } catch {
      this.#failedAt.set(file, performance.now()); // The grey box stays, and asks again later.
    }
  }
}
