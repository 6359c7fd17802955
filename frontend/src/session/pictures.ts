import type { Clock } from "../sync/ports";
import { bestOf, isGoodEnough, levelFor, type Size, sizeAt } from "./picture_levels";

/** A picture that is not there yet is asked for again after so many ms, then after twice as many, and so on. */
export const FIRST_RETRY_MS = 500;
export const LAST_RETRY_MS = 30_000;
/** Pictures that are fetched and unpacked at the same time. */
const AT_ONCE = 4;
/** Unpacked pictures that are kept; the longest unused make room. Four bytes a pixel. */
export const MOST_BYTES = 192 * 2 ** 20;
/** Pictures that arrive within so many ms are painted together. */
const TOGETHER_MS = 50;

/** An unpacked picture. */
export interface Unpacked extends Size {
  close(): void;
}

export interface PicturePorts<Picture extends Unpacked> {
  /** The file's bytes; null while nobody has brought them. Rejects when the server does not answer. */
  readonly fetch: (file: string) => Promise<Blob | null>;
  /** Unpacks bytes, or makes a smaller copy of a picture; `size` null is the picture's own. */
  readonly unpack: (from: Blob | Picture, size: Size | null) => Promise<Picture>;
  /** Told of files that can be shown better than before, or that should be asked for again. */
  readonly arrived: (files: ReadonlySet<string>) => void;
  readonly clock: Clock;
}

interface Entry<Picture> {
  readonly file: string;
  readonly levels: Map<number, Picture>;
  wanted: number;
  natural: Size | null;
  usedAt: number;
  failures: number;
  /** Not before this time. */
  notBefore: number;
}

/**
 * The pictures of a board by the hash of their bytes, fetched when they are first painted, each in the sizes that are
 * shown. Bounded in memory and in what goes on at once.
 */
export class Pictures<Picture extends Unpacked = ImageBitmap> {
  readonly #ports: PicturePorts<Picture>;
  readonly #entries = new Map<string, Entry<Picture>>();
  readonly #own = new Map<string, Blob>();
  readonly #queue = new Set<Entry<Picture>>();
  readonly #running = new Set<Promise<void>>();
  #bytes = 0;
  #uses = 0;
  #fresh = new Set<string>();
  #tellLater: (() => void) | null = null;

  constructor(ports: PicturePorts<Picture>) {
    this.#ports = ports;
  }

  /**
   * A picture for showing it `pixels` device pixels long, as well as it can be shown now; undefined until there is any.
   * `natural` is its size as its element tells it.
   */
  readonly get = (file: string, pixels: number, natural: Size | null): Picture | undefined => {
    let entry = this.#entries.get(file);
    if (entry === undefined) {
      const levels = new Map<number, Picture>();
      entry = { file, levels, wanted: 0, natural, usedAt: 0, failures: 0, notBefore: 0 };
      this.#entries.set(file, entry);
    }
    entry.natural ??= natural;
    entry.usedAt = ++this.#uses;
    const longest = entry.natural === null ? Number.POSITIVE_INFINITY : longestOf(entry.natural);
    entry.wanted = levelFor(pixels, longest);
    const best = bestOf(entry.levels.keys(), entry.wanted);
    if (best === undefined || !isGoodEnough(best, entry.wanted)) this.#ask(entry);
    return best === undefined ? undefined : entry.levels.get(best);
  };

  /** Shows a picture of one's own before the server has it. */
  offer(file: string, bytes: Blob): void {
    this.#own.set(file, bytes);
    this.again();
  }

  /** The server has it now. */
  stored(file: string): void {
    this.#own.delete(file);
  }

  /** Asks at once for what was not there: the network is back, or somebody brought something. */
  again(): void {
    const missing = new Set<string>();
    for (const entry of this.#entries.values()) {
      if (entry.failures === 0) continue;
      entry.failures = 0;
      entry.notBefore = 0;
      missing.add(entry.file);
    }
    if (missing.size > 0) this.#ports.arrived(missing);
  }

  /** Resolves when no picture is on its way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    this.#tell();
  }

  #ask(entry: Entry<Picture>): void {
    if (this.#ports.clock.now() < entry.notBefore) return;
    this.#queue.add(entry);
    this.#pump();
  }

  #pump(): void {
    while (this.#running.size < AT_ONCE) {
      // The newest first: it is what somebody looks at now.
      const entry = [...this.#queue].at(-1);
      if (entry === undefined) return;
      this.#queue.delete(entry);
      // Until it is done, the same is not begun a second time.
      entry.notBefore = Number.POSITIVE_INFINITY;
      const job = this.#bring(entry).finally(() => {
        this.#running.delete(job);
        this.#pump();
      });
      this.#running.add(job);
    }
  }

  async #bring(entry: Entry<Picture>): Promise<void> {
    const { file, wanted } = entry;
    try {
      const larger = bestOf(entry.levels.keys(), wanted);
      const from =
        larger !== undefined && larger >= wanted
          ? entry.levels.get(larger)
          : (this.#own.get(file) ?? (await this.#ports.fetch(file)));
      if (!from) return this.#later(entry);
      const { natural } = entry;
      const picture = await this.#ports.unpack(from, natural && sizeAt(wanted, natural));
      entry.natural ??= { width: picture.width, height: picture.height };
      this.#keep(entry, natural === null ? longestOf(picture) : wanted, picture);
      entry.failures = 0;
      entry.notBefore = 0;
      this.#changed(file);
    } catch {
      this.#later(entry);
    }
  }

  #keep(entry: Entry<Picture>, level: number, picture: Picture): void {
    this.#drop(entry, level);
    entry.levels.set(level, picture);
    this.#bytes += bytesOf(picture);
    if (this.#bytes <= MOST_BYTES) return;
    const byAge = [...this.#entries.values()].sort((a, b) => a.usedAt - b.usedAt);
    for (const each of byAge) {
      for (const other of [...each.levels.keys()]) {
        if (this.#bytes <= MOST_BYTES) return;
        if (each !== entry || other !== level) this.#drop(each, other);
      }
    }
  }

  #drop(entry: Entry<Picture>, level: number): void {
    const picture = entry.levels.get(level);
    if (picture === undefined) return;
    entry.levels.delete(level);
    this.#bytes -= bytesOf(picture);
    picture.close();
  }

  /** When it is time, whoever shows it is asked to paint it, and so asks for it again. */
  #later(entry: Entry<Picture>): void {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** entry.failures, LAST_RETRY_MS);
    entry.failures++;
    const at = this.#ports.clock.now() + wait;
    entry.notBefore = at;
    this.#ports.clock.later(wait, () => {
      if (entry.notBefore !== at) return;
      entry.notBefore = 0;
      this.#ports.arrived(new Set([entry.file]));
    });
  }

  #changed(file: string): void {
    this.#fresh.add(file);
    this.#tellLater ??= this.#ports.clock.later(TOGETHER_MS, () => this.#tell());
  }

  #tell(): void {
    this.#tellLater?.();
    this.#tellLater = null;
    if (this.#fresh.size === 0) return;
    const fresh = this.#fresh;
    this.#fresh = new Set();
    this.#ports.arrived(fresh);
  }
}

function longestOf({ width, height }: Size): number {
  return Math.max(width, height);
}

function bytesOf({ width, height }: Size): number {
  return width * height * 4;
}
