import { REFUSAL_CODES } from "../generated/limits";
import type { Accepted, Push, Refused } from "../generated/protocol";
import { TAG } from "../generated/protocol";
import type { Entry } from "./pending_pushes";
import type { Replica } from "./replica";

/** Pushes sent and not answered at the same time. */
export const WINDOW = 16;
/** An answer that is overdue is asked for again: sending twice is harmless. */
export const ANSWER_MS = 10_000;
/** After a refusal; also lets the refusals of what was pipelined behind it pass. */
const SHORTEST_PAUSE_MS = 100;
/** A stored push whose commit does not come: the connection is missing something. */
export const OVERDUE_COMMIT_MS = 15_000;

/**
 * Decides which pending push goes out now: in order, a window at a time, again after a refusal that allows it.
 *
 * Numbers under one client id are strictly contiguous at the store, so a refused push stops those behind it; all go
 * again from there. Pushes under different ids keep their order because the next id waits for the one before.
 */
export class PushSender {
  readonly #replica: Replica;
  readonly #random: () => number;
  #largest = WINDOW;
  #window = WINDOW;
  #pausedUntil = 0;

  constructor(replica: Replica, random: () => number) {
    this.#replica = replica;
    this.#random = random;
  }

  /** When `next` may have something again without anything else happening; null when it has not. */
  wakeAt(now: number): number | null {
    const { entries } = this.#replica.pushes;
    if (entries.length === 0) return null;
    if (this.#pausedUntil > now) return this.#pausedUntil;
    let first = Number.POSITIVE_INFINITY;
    for (const { state, since } of entries) {
      if (state === "sent") first = Math.min(first, since + ANSWER_MS);
      else if (state === "accepted") first = Math.min(first, since + OVERDUE_COMMIT_MS);
    }
    return Number.isFinite(first) ? Math.max(now + 1, first) : null;
  }

  /** A new connection. */
  begin(): void {
    this.#window = this.#largest;
    this.#pausedUntil = 0;
  }

  /** One push at a time from now on, or as many as usual. */
  set cautious(cautious: boolean) {
    this.#largest = cautious ? 1 : WINDOW;
    this.#window = Math.min(this.#window, this.#largest);
  }

  /** Pushes on their way at the moment. */
  get inFlight(): readonly Entry[] {
    return this.#replica.pushes.entries.filter(({ state }) => state === "sent");
  }

  /** Whether a push is stored but its commit has not come for too long. */
  isMissingCommits(now: number): boolean {
    return this.#replica.pushes.entries.some(
      ({ state, since }) => state === "accepted" && now - since >= OVERDUE_COMMIT_MS,
    );
  }

  /** The pushes to send now. */
  next(now: number): Push[] {
    if (now < this.#pausedUntil) return [];
    const { entries } = this.#replica.pushes;
    for (const entry of entries) {
      if (entry.state === "sent" && now - entry.since >= ANSWER_MS) entry.state = "waiting";
    }
    let room = this.#window - this.inFlight.length;
    let openCid: string | null = null;
    const pushes: Push[] = [];
    for (const entry of entries) {
      if (entry.state === "accepted") continue;
      openCid ??= entry.cid;
      if (entry.cid !== openCid) break;
      if (entry.state === "sent") continue;
      if (room-- <= 0) break;
      entry.state = "sent";
      entry.since = now;
      pushes.push([TAG.push, entry.cid, entry.n, entry.gesture, entry.ops]);
    }
    return pushes;
  }

  accepted([, cid, n, seq]: Accepted, now: number): void {
    this.#window = Math.min(this.#largest, this.#window * 2);
    this.#replica.accepted(cid, n, seq, now);
  }

  refused(frame: Refused, now: number): void {
    const [, cid, n, code, , retryable, retryAfter, expected] = frame;
    const lane = this.#replica.pushes.entries.filter((entry) => entry.cid === cid);
    const entry = lane.find((each) => each.n === n);
    const first = lane[0];
    // Already stored, rolled back or to be sent again: a late word about something that is settled.
    if (entry?.state !== "sent" || first === undefined) return;
    if (!retryable && code !== REFUSAL_CODES.gap) {
      this.#replica.refused(entry, frame);
      return;
    }
    if (code === REFUSAL_CODES.gap && expected < first.n) {
      // The store waits for a push that was confirmed long ago: it has forgotten this client.
      this.#replica.pushes.renumber(cid);
    } else {
      const from = expected > 0 ? expected : n;
      for (const each of lane) if (each.n >= from && each.state === "sent") each.state = "waiting";
    }
    this.#window = 1;
    const pause = Math.max(SHORTEST_PAUSE_MS, retryAfter * 1000);
    this.#pausedUntil = now + pause * (1 + 0.25 * this.#random());
  }
}
