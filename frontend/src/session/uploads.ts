import type { WaitingPicture } from "../offline/waiting_pictures";
import type { Clock } from "../sync/ports";
import { ServerRefusal } from "./server";

export const FIRST_RETRY_MS = 1_000;
export const LAST_RETRY_MS = 30_000;
const AT_ONCE = 3;

/** Where pictures outlive the page. */
export interface PictureKeeper {
  add(picture: WaitingPicture): Promise<void>;
  of(board: string): Promise<readonly WaitingPicture[]>;
  remove(board: string, file: string): Promise<void>;
}

/** What is told to the person. */
export interface UploadNews {
  /** Pictures that the server does not have yet, without those that it refused. */
  readonly waiting: number;
  /** Of their bytes, 0..1, with those that were sent since the last time that nothing waited. */
  readonly share: number;
  /** The last attempt failed: the server cannot be reached, or has no time. */
  readonly isStuck: boolean;
  /** Every one that waits would survive closing the page. */
  readonly isKept: boolean;
  readonly refused: readonly {
    readonly file: string;
    readonly name: string;
    readonly reason: string;
  }[];
}

export interface UploadPorts {
  readonly board: string;
  readonly keeper: PictureKeeper;
  /** Sends the bytes; `told` hears how many are sent. Throws `ServerRefusal`. */
  readonly send: (picture: WaitingPicture, told: (bytes: number) => void) => Promise<void>;
  /** Whether it makes sense to try. */
  readonly isOnline: () => boolean;
  /** The server has it. */
  readonly stored: (file: string) => void;
  readonly tell: (news: UploadNews) => void;
  readonly clock: Clock;
}

interface Job {
  readonly picture: WaitingPicture;
  state: "waiting" | "sending" | "refused";
  sent: number;
  isKept: boolean;
  reason: string;
}

/** Brings pictures to the server, however long that takes: kept in the browser, sent again until it answers. */
export class Uploads {
  readonly #ports: UploadPorts;
  readonly #jobs = new Map<string, Job>();
  /** Bytes that have arrived since nothing waited. */
  #arrived = 0;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(ports: UploadPorts) {
    this.#ports = ports;
  }

  /** The pictures that are here and not yet there. */
  get waiting(): readonly WaitingPicture[] {
    return [...this.#jobs.values()].map(({ picture }) => picture);
  }

  /** Keeps and sends a picture; one that is on its way already is not sent twice. */
  async add(picture: WaitingPicture): Promise<void> {
    const job = this.#take(picture, false);
    if (job === null) return;
    // What is kept first survives whatever happens next; where it cannot be, it is sent all the same.
    try {
      await this.#ports.keeper.add(picture);
      job.isKept = true;
      if (this.#jobs.get(picture.file) !== job) await this.#forget(picture);
    } catch {
      // The person is told by what the page says of its storage.
    }
    this.#tell();
  }

  /** Goes on with what an earlier page could not finish. */
  async resume(): Promise<void> {
    const { keeper, board } = this.#ports;
    for (const picture of await keeper.of(board).catch(() => [])) this.#take(picture, true);
  }

  /** Tries again at once: the network is back. */
  goOn(): void {
    this.#failures = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#pump();
    this.#tell();
  }

  /** There is nobody to send to: that is told. */
  wait(): void {
    this.#tell();
  }

  /** The person wants to try again what was refused. */
  retry(file: string): void {
    const job = this.#jobs.get(file);
    if (job?.state === "refused") job.state = "waiting";
    this.#pump();
    this.#tell();
  }

  /** The person gives up what the server refused. */
  dismiss(file: string): void {
    const job = this.#jobs.get(file);
    if (job?.state !== "refused") return;
    this.#jobs.delete(file);
    void this.#forget(job.picture);
    this.#tell();
  }

  #take(picture: WaitingPicture, isKept: boolean): Job | null {
    if (this.#jobs.has(picture.file)) return null;
    const job: Job = { picture, state: "waiting", sent: 0, isKept, reason: "" };
    this.#jobs.set(picture.file, job);
    this.#pump();
    this.#tell();
    return job;
  }

  #pump(): void {
    if (this.#cancelRetry !== null || !this.#ports.isOnline()) return;
    const jobs = [...this.#jobs.values()];
    let free = AT_ONCE - jobs.filter(({ state }) => state === "sending").length;
    for (const job of jobs) {
      if (free === 0) return;
      if (job.state !== "waiting") continue;
      free--;
      void this.#send(job);
    }
  }

  async #send(job: Job): Promise<void> {
    const { picture } = job;
    job.state = "sending";
    try {
      await this.#ports.send(picture, (bytes) => {
        job.sent = bytes;
        this.#tell();
      });
      this.#failures = 0;
      this.#jobs.delete(picture.file);
      this.#arrived += picture.bytes.size;
      this.#ports.stored(picture.file);
      await this.#forget(picture);
    } catch (error) {
      job.sent = 0;
      if (isFinal(error)) {
        job.state = "refused";
        job.reason = error.message;
      } else {
        job.state = "waiting";
        this.#retryLater();
      }
    }
    if (![...this.#jobs.values()].some(isOnItsWay)) this.#arrived = 0;
    this.#tell();
    this.#pump();
  }

  #retryLater(): void {
    if (this.#cancelRetry !== null) return;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
    this.#failures++;
    this.#cancelRetry = this.#ports.clock.later(wait, () => {
      this.#cancelRetry = null;
      this.#pump();
    });
  }

  async #forget({ board, file }: WaitingPicture): Promise<void> {
    await this.#ports.keeper.remove(board, file).catch(() => undefined);
  }

  #tell(): void {
    const jobs = [...this.#jobs.values()];
    const going = jobs.filter(isOnItsWay);
    const sent = going.reduce((sum, job) => sum + job.sent, this.#arrived);
    const all = going.reduce((sum, job) => sum + job.picture.bytes.size, this.#arrived);
    this.#ports.tell({
      waiting: going.length,
      share: all === 0 ? 1 : sent / all,
      isStuck: this.#cancelRetry !== null || !this.#ports.isOnline(),
      isKept: going.every(({ isKept }) => isKept),
      refused: jobs
        .filter(({ state }) => state === "refused")
        .map(({ picture: { file, name }, reason }) => ({ file, name, reason })),
    });
  }
}

function isOnItsWay({ state }: Job): boolean {
  return state !== "refused";
}

/** What the same request would be answered with again: too much, too many, slow and broken servers pass. */
function isFinal(error: unknown): error is ServerRefusal {
  if (!(error instanceof ServerRefusal)) return false;
  const { status } = error;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
