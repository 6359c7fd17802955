import { newId, type Random } from "../document/new_id";
import type { ElementOp } from "../document/rules";
import { idOf } from "../document/rules";
import type { Op } from "../generated/protocol";
import type { Journal, PendingPush } from "./journal";

/** A pending push and how far it has come on this connection. */
export interface Entry extends PendingPush {
  state: "waiting" | "sent" | "accepted";
  /** The commit that holds it, or a later one; 0 until the server says it is stored. */
  seq: number;
  /** When it was sent or accepted. */
  since: number;
}

interface Indexed {
  readonly entry: Entry;
  readonly op: ElementOp;
}

/**
 * The pushes that no commit has confirmed yet, in the order in which they were made, with their ops by element.
 *
 * Numbers are given out only under an id of this replica's own, so that (cid, n) never names two pushes; pushes
 * adopted from a closed tab keep the id they have.
 */
export class PendingPushes {
  readonly #journal: Journal;
  readonly #random: Random;
  #entries: Entry[];
  readonly #byElement = new Map<string, Indexed[]>();
  #cid: string;
  #n = 0;

  constructor(journal: Journal, random: Random, adopted: readonly PendingPush[] = []) {
    this.#journal = journal;
    this.#random = random;
    this.#cid = newId(random);
    this.#entries = [];
    this.adopt(adopted);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The id under which new pushes are numbered. */
  get cid(): string {
    return this.#cid;
  }

  get ids(): Iterable<string> {
    return this.#byElement.keys();
  }

  has(id: string): boolean {
    return this.#byElement.has(id);
  }

  /** The pending ops of an element, oldest first. */
  opsOn(id: string): readonly ElementOp[] {
    return this.#byElement.get(id)?.map(({ op }) => op) ?? [];
  }

  /** The title that a pending op gives, if one does. */
  title(): string | undefined {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const op = this.#entries[i]?.ops.findLast(([kind]) => kind === "title");
      if (op?.[0] === "title") return op[1];
    }
    return undefined;
  }

  /** Adds pushes under numbers of their own. */
  add(pushes: readonly (readonly Op[])[], gesture: string): void {
    const entries = pushes.map(
      (ops): Entry => ({ cid: this.#cid, n: ++this.#n, gesture, ops, ...NEW }),
    );
    this.#entries.push(...entries);
    for (const entry of entries) this.#index(entry);
    this.#journal.append(entries);
  }

  /** Adds pushes that lie in the journal already, before the ones made here. */
  adopt(pushes: readonly PendingPush[]): string[] {
    const known = new Set(this.#entries.map(({ cid, n }) => `${cid} ${n}`));
    const entries = pushes
      .filter(({ cid, n }) => !known.has(`${cid} ${n}`))
      .map((push): Entry => ({ ...push, ...NEW }));
    const own = this.#entries.findIndex(({ cid }) => cid === this.#cid);
    this.#entries.splice(own < 0 ? this.#entries.length : own, 0, ...entries);
    this.#byElement.clear();
    for (const entry of this.#entries) this.#index(entry);
    return idsOf(entries);
  }

  /** All pushes of `cid` up to `n` are part of the confirmed document; returns the ids of their elements. */
  confirm(cid: string, n: number): string[] {
    const gone = this.#entries.filter((entry) => entry.cid === cid && entry.n <= n);
    if (gone.length === 0) return [];
    this.#journal.confirm(cid, n);
    return this.#remove(gone);
  }

  /** Confirms what the server says is stored at or before `seq`. */
  confirmUpTo(seq: number): string[] {
    const ids: string[] = [];
    for (const { cid, n, state, seq: at } of [...this.#entries]) {
      if (state === "accepted" && at <= seq) ids.push(...this.confirm(cid, n));
    }
    return ids;
  }

  /** All pushes go again: nothing is known of those that were sent or accepted. */
  forgetAnswers(): void {
    for (const entry of this.#entries) Object.assign(entry, NEW);
  }

  /** Takes a push out that will never be accepted; what follows under its id gets new numbers under a new id. */
  refuse(entry: Entry): string[] {
    const later = this.#entries.filter(({ cid, n }) => cid === entry.cid && n > entry.n);
    const ids = this.#remove([entry]);
    this.#journal.replace([entry], []);
    this.#renumber(later, entry.cid);
    return ids;
  }

  /**
   * New numbers for everything under `cid`, because the store does not know it any more.
   *
   * Only the store's own answer may lead here. A new epoch is no reason: the store may know the id in it already, and
   * an edit under a second number would be a second edit.
   */
  renumber(cid: string): void {
    this.#renumber(
      this.#entries.filter((entry) => entry.cid === cid),
      cid,
    );
  }

  #renumber(entries: readonly Entry[], retired: string): void {
    const cid = newId(this.#random);
    const renamed = entries.map((entry, i): Entry => ({ ...entry, cid, n: i + 1, ...NEW }));
    if (retired === this.#cid) {
      this.#cid = cid;
      this.#n = renamed.length;
    }
    if (entries.length === 0) return;
    const replacement = new Map(entries.map((entry, i) => [entry, renamed[i] as Entry]));
    this.#entries = this.#entries.map((entry) => replacement.get(entry) ?? entry);
    this.#byElement.clear();
    for (const entry of this.#entries) this.#index(entry);
    this.#journal.replace(entries, renamed);
  }

  #index(entry: Entry): void {
    for (const op of entry.ops) {
      if (op[0] === "title") continue;
      const id = idOf(op);
      const list = this.#byElement.get(id);
      if (list === undefined) this.#byElement.set(id, [{ entry, op }]);
      else list.push({ entry, op });
    }
  }

  #remove(entries: readonly Entry[]): string[] {
    const gone = new Set(entries);
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    const ids = idsOf(entries);
    for (const id of ids) {
      const left = this.#byElement.get(id)?.filter(({ entry }) => !gone.has(entry)) ?? [];
      if (left.length === 0) this.#byElement.delete(id);
      else this.#byElement.set(id, left);
    }
    return ids;
  }
}

const NEW = { state: "waiting", seq: 0, since: 0 } as const;

function idsOf(entries: readonly Entry[]): string[] {
  const ids = new Set<string>();
  for (const { ops } of entries) for (const op of ops) if (op[0] !== "title") ids.add(idOf(op));
  return [...ids];
}
