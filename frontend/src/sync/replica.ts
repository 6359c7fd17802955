import { boundedOp } from "../document/bounded";
import { ChangeRecorder, isEmpty } from "../document/change_recorder";
import type { ReadonlyDocument } from "../document/change_set";
import { type Random, systemRandom } from "../document/new_id";
import { afterOp, idOf } from "../document/rules";
import { sameElement } from "../document/wire_element";
import {
  type Commit,
  type Element,
  type Merged,
  type Op,
  type Page,
  PROPERTIES,
  type Ready,
  type Refused,
  type Reset,
} from "../generated/protocol";
import type { ConfirmedSource, ConfirmedState, Journal, PendingPush } from "./journal";
import { Listeners } from "./listeners";
import { type Entry, PendingPushes } from "./pending_pushes";
import type { Cause, ConfirmedChange, Refusal, Rewind, ViewChange } from "./replica_events";
import { Snapshot } from "./snapshot";
import { splitEdit } from "./split_edit";
import { ofCommit, ofMerged, type Stretch } from "./stretch";

export interface ReplicaOptions {
  readonly journal: Journal;
  readonly random?: Random;
  /** What an earlier visit saved: the confirmed board, and pushes that were never confirmed. */
  readonly confirmed?: ConfirmedState | null;
  readonly pending?: readonly PendingPush[];
}

/**
 * The board as this page shows it: what the server confirmed, and on top of it what was edited here since.
 *
 * Ops touch one element each, so the view differs from the confirmed document only in elements with pending ops,
 * and a commit costs only the elements it names.
 */
export class Replica implements ReadonlyDocument, ConfirmedSource {
  readonly pushes: PendingPushes;
  #confirmed = new Map<string, Element>();
  #confirmedTitle = "";
  #position: { epoch: string; seq: number } | null = null;
  /** Elements with pending ops, as they look with them; `undefined` looks deleted. */
  readonly #overlay = new Map<string, Element | undefined>();
  #snapshot: Snapshot | null = null;
  /** Commits that came while a snapshot was on its way. */
  #early: Stretch[] = [];
  /** Elements that the last snapshot read later than its own seq, and when. */
  #readAt = new Map<string, number>();
  #title = "";
  readonly #changed = new Listeners<ViewChange>();
  readonly #refused = new Listeners<[Refusal]>();
  readonly #confirmedChanged = new Listeners<[ConfirmedChange]>();
  readonly #statusChanged = new Listeners<[]>();
  readonly #rewound = new Listeners<[Rewind]>();

  readonly subscribe = this.#changed.add;
  readonly onRefused = this.#refused.add;
  readonly onConfirmed = this.#confirmedChanged.add;
  /** Told when the title, the number of pending pushes or the position may have changed. */
  readonly onStatus = this.#statusChanged.add;
  /** Told when the server's board turns out to be of another history, or older than what was here already. */
  readonly onRewound = this.#rewound.add;

  constructor({ journal, random = systemRandom, confirmed = null, pending = [] }: ReplicaOptions) {
    if (confirmed !== null) {
      for (const element of confirmed.elements) this.#confirmed.set(element.id, element);
      this.#confirmedTitle = confirmed.title;
      this.#position = { epoch: confirmed.epoch, seq: confirmed.seq };
    }
    this.pushes = new PendingPushes(journal, random, pending);
    for (const id of this.pushes.ids) this.#derive(id);
    this.#title = this.pushes.title() ?? this.#confirmedTitle;
  }

  // --- what everybody reads ---

  get size(): number {
    let size = this.#confirmed.size;
    for (const [id, element] of this.#overlay) {
      size += Number(element !== undefined) - Number(this.#confirmed.has(id));
    }
    return size;
  }

  get title(): string {
    return this.#title;
  }

  /** Pushes that are not confirmed yet. */
  get pending(): number {
    return this.pushes.entries.length;
  }

  get position(): { readonly epoch: string; readonly seq: number } | null {
    return this.#position;
  }

  /** Whether a snapshot is on its way. */
  get loading(): boolean {
    return this.#snapshot !== null;
  }

  /** The server's side of the view, without what is pending. */
  get confirmed(): ReadonlyDocument {
    return {
      size: this.#confirmed.size,
      title: this.#confirmedTitle,
      get: (id) => this.#confirmed.get(id),
      elements: () => this.#confirmed.values(),
    };
  }

  get(id: string): Element | undefined {
    return this.#overlay.has(id) ? this.#overlay.get(id) : this.#confirmed.get(id);
  }

  *elements(): IterableIterator<Element> {
    for (const element of this.#confirmed.values()) {
      if (!this.#overlay.has(element.id)) yield element;
    }
    for (const element of this.#overlay.values()) if (element !== undefined) yield element;
  }

  /** Of the view; the server's at the same seq when nothing is pending. */
  async digest(): Promise<{ epoch: string; seq: number; sha256: string }> {
    const { digestOf } = await import("../document/canonical");
    const { epoch, seq } = this.#position ?? { epoch: "", seq: 0 };
    return { epoch, seq, sha256: digestOf(this.elements()) };
  }

  // --- edits made here ---

  /** Shows the ops at once and keeps them until the server has them. */
  edit(ops: readonly Op[], gesture: string): void {
    const bounded: Op[] = [];
    for (const op of ops) {
      const kept = boundedOp(op);
      if (kept !== undefined) bounded.push(kept);
    }
    if (bounded.length === 0) return;
    const recorder = new ChangeRecorder();
    for (const op of bounded) {
      if (op[0] === "title") continue;
      const id = idOf(op);
      const before = this.get(id);
      recorder.note(id, before);
      this.#overlay.set(id, afterOp(before, op));
    }
    this.pushes.add(splitEdit(bounded), gesture);
    this.#tell(recorder, "own");
  }

  /** Takes over pushes that a closed tab left behind. */
  adopt(pushes: readonly PendingPush[]): void {
    this.#rederive(this.pushes.adopt(pushes), "own");
  }

  // --- what the server says ---

  /** A snapshot begins. The view stays as it is until it is complete, unless there was nothing to see. */
  reset(frame: Reset): void {
    this.#snapshot = new Snapshot(frame);
    this.#early = [];
  }

  page([, records]: Page): void {
    const snapshot = this.#snapshot;
    if (snapshot === null) return;
    const fresh = snapshot.add(records);
    // The first load shows what has arrived; a later one replaces a board that somebody is looking at.
    if (this.#position !== null) return;
    const recorder = new ChangeRecorder();
    for (const element of fresh) this.#setConfirmed(element.id, element, recorder);
    this.#rederive(recorder.ids, "snapshot", recorder);
  }

  ready([, epoch, seq]: Ready): void {
    const snapshot = this.#snapshot;
    if (snapshot === null) return;
    const before = this.#position;
    // What was said about pushes spoke of commits of the other epoch.
    if (before?.epoch !== epoch) this.pushes.forgetAnswers();
    const older = before !== null && seq < before.seq;
    const isRewound = before !== null && (before.epoch !== epoch || older);
    const was = isRewound ? new Map(this.#confirmed) : null;
    const recorder = new ChangeRecorder();
    for (const id of [...this.#confirmed.keys()]) {
      if (!snapshot.elements.has(id)) this.#setConfirmed(id, undefined, recorder);
    }
    for (const [id, element] of snapshot.elements) this.#setConfirmed(id, element, recorder);
    this.#confirmedTitle = snapshot.title;
    this.#position = { epoch, seq };
    this.#readAt = snapshot.readAfter(seq);
    this.#snapshot = null;
    const settled = this.pushes.confirmUpTo(seq);
    this.#rederive([...recorder.ids, ...settled], "snapshot", recorder);
    this.#confirmedChanged.tell("all");
    if (was !== null) this.#rewound.tell({ older, was });
    const early = this.#early;
    this.#early = [];
    this.#take(early);
  }

  /** The connection ended: half a snapshot, and answers without the commits they name, are worth nothing. */
  disconnected(): void {
    this.#snapshot = null;
    this.#early = [];
    this.pushes.forgetAnswers();
  }

  /**
   * Applies commits in the board's order; those already known change nothing.
   *
   * Returns false at a commit that leaves a gap: it and what follows are not applied, and the connection has to
   * begin again at `position`.
   */
  receive(commits: readonly Commit[]): boolean {
    return this.#take(commits.map(ofCommit));
  }

  /** Applies several commits that the server has made one; the first of them may be known already. */
  merged(frame: Merged): boolean {
    return this.#take([ofMerged(frame)]);
  }

  #take(stretches: readonly Stretch[]): boolean {
    if (this.#snapshot !== null) {
      this.#early.push(...stretches);
      return true;
    }
    const recorder = new ChangeRecorder();
    const touched = new Map<string, Set<string>>();
    let whole = true;
    for (const stretch of stretches) {
      const position = this.#position;
      if (position === null || stretch.first > position.seq + 1) {
        whole = false;
        break;
      }
      if (stretch.last > position.seq) this.#apply(stretch, recorder, touched);
    }
    const { seq } = this.#position ?? { seq: 0 };
    const settled = this.pushes.confirmUpTo(seq);
    for (const id of settled) recorder.note(id, this.get(id));
    this.#rederive(recorder.ids, "remote", recorder, touched);
    this.#confirmedChanged.tell(recorder.ids);
    return whole;
  }

  /** All pushes of `cid` up to `n` are stored, the last as commit `seq`. */
  accepted(cid: string, n: number, seq: number, now: number): void {
    for (const entry of this.pushes.entries) {
      if (entry.cid !== cid || entry.n > n || entry.state === "accepted") continue;
      entry.state = "accepted";
      entry.seq = seq;
      entry.since = now;
    }
    if (this.#snapshot !== null || this.#position === null) return;
    this.#rederive(this.pushes.confirmUpTo(this.#position.seq), "remote");
  }

  /** The server will never take this push: its effect is rolled back and the reason told. */
  refused(entry: Entry, [, , , code, message]: Refused): void {
    this.#rederive(this.pushes.refuse(entry), "refused");
    this.#refused.tell({ code, message, gesture: entry.gesture, ops: entry.ops });
  }

  #apply(
    { last, pushes, ops }: Stretch,
    recorder: ChangeRecorder,
    touched: Map<string, Set<string>>,
  ): void {
    const own = new Set<number>();
    pushes.forEach(([cid, n], i) => {
      for (const id of this.pushes.confirm(cid, n)) {
        own.add(i);
        recorder.note(id, this.get(id));
      }
    });
    for (const [op, by] of ops) {
      if (op[0] === "title") {
        this.#confirmedTitle = op[1];
        continue;
      }
      const id = idOf(op);
      // Read from the store after this commit: its effect is in the element already.
      if ((this.#readAt.get(id) ?? -1) >= last) continue;
      const before = this.#confirmed.get(id);
      const after = afterOp(before, op);
      this.#setConfirmed(id, after, recorder);
      if (by.every((author) => own.has(author))) continue;
      // Taken away and put back by somebody else, it may look as it did, and yet nothing of it is as I left it.
      const isBack = op[0] === "put" && before === undefined && recorder.before(id) !== undefined;
      const names = op[0] === "set" ? Object.keys(op[2]) : isBack ? PROPERTIES[op[1].type] : [];
      if (names.length > 0) touched.set(id, new Set([...(touched.get(id) ?? []), ...names]));
    }
    this.#position = { epoch: this.#position?.epoch ?? "", seq: last };
  }

  /** Changes the confirmed document, keeping objects whose content stays the same. */
  #setConfirmed(id: string, element: Element | undefined, recorder: ChangeRecorder): void {
    const before = this.#confirmed.get(id);
    if (before === element) return;
    const shown = this.get(id);
    recorder.note(id, shown);
    if (element === undefined) this.#confirmed.delete(id);
    else if (before === undefined || !sameElement(before, element)) {
      // What the author sees already is the very object that comes back confirmed.
      this.#confirmed.set(id, shown !== undefined && sameElement(shown, element) ? shown : element);
    }
  }

  /** Derives elements anew after their confirmed side or their pending ops changed, and tells what that changed. */
  #rederive(
    ids: Iterable<string>,
    cause: Cause,
    recorder = new ChangeRecorder(),
    touched?: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    // Without anything pending the view is the confirmed document.
    if (this.#overlay.size + this.pending > 0) {
      for (const id of [...ids]) {
        recorder.note(id, this.get(id));
        this.#derive(id);
      }
    }
    this.#tell(recorder, cause, touched);
  }

  #derive(id: string): void {
    const before = this.#overlay.get(id);
    this.#overlay.delete(id);
    if (!this.pushes.has(id)) return;
    let element = this.#confirmed.get(id);
    for (const op of this.pushes.opsOn(id)) element = afterOp(element, op);
    const same = before !== undefined && element !== undefined && sameElement(before, element);
    this.#overlay.set(id, same ? before : element);
  }

  #tell(
    recorder: ChangeRecorder,
    cause: Cause,
    touched?: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    this.#title = this.pushes.title() ?? this.#confirmedTitle;
    const changes = recorder.result((id) => this.get(id));
    const others = touched !== undefined && touched.size > 0 ? touched : undefined;
    if (!isEmpty(changes) || others !== undefined) {
      if (others === undefined) this.#changed.tell(changes, cause);
      else this.#changed.tell(changes, cause, others);
    }
    this.#statusChanged.tell();
  }
}
