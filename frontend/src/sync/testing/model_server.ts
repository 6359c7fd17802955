import { decode, encode } from "@msgpack/msgpack";
import { afterOp, idOf } from "../../document/rules";
import { toWire } from "../../document/wire_element";
import { CLOSE_CODES, MAX_OPS, PROTOCOL_VERSION } from "../../generated/limits";
import {
  type ClientFrame,
  type Commit,
  type Element,
  type Hello,
  type Live,
  type LiveState,
  type Push,
  type Role,
  type ServerFrame,
  type SnapshotRecord,
  TAG,
  type Who,
} from "../../generated/protocol";
import { mergeOf } from "./merge";

/** The server's end of a connection; the network decides when bytes arrive. */
export interface Line {
  deliver(data: Uint8Array<ArrayBuffer>): void;
  hangUp(code: number): void;
}

interface Session {
  readonly line: Line;
  readonly peer: string;
  hello: Hello | null;
  cursor: number;
  /** Ids still to be read for the snapshot on its way; each page reads the state as it is then. */
  reading: string[] | null;
  known: Set<string>;
  live: LiveState[];
}

interface Stored {
  readonly element: Element;
  readonly seq: number;
}

/** What a test may plant to see whether anybody notices. */
export interface Refuse {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfter: number;
}

/**
 * The server's rules in a page of code, without time, tasks or a store: dedupe and strict numbers, one order, a log
 * that is trimmed, lives of the log (epochs), resume or snapshot, snapshots whose elements are read at different times, commits
 * merged for who is behind.
 */
export class ModelServer {
  epoch = "e1";
  seq = 0;
  title = "";
  /** What everybody's link allows. */
  role: Role = "editor";
  readonly elements = new Map<string, Stored>();
  log: Commit[] = [];
  /** Everything ever committed in this epoch, for the checks. */
  history: Commit[] = [];
  readonly cids = new Map<string, { n: number; seq: number }>();
  pageSize = 2;
  /** How many commits that a connection knows already come again with the next ones. */
  overlap: () => number = () => 0;
  /** Whether what a connection is behind by comes merged. */
  merges: () => boolean = () => false;
  /** Consulted for each push that is neither a duplicate nor a gap. */
  refuse: (push: Push) => Refuse | null = () => null;
  readonly #sessions = new Map<Line, Session>();
  #peers = 0;
  #epochs = 1;

  accept(line: Line): void {
    this.#sessions.set(line, {
      line,
      peer: `peer-${String(++this.#peers).padStart(4, "0")}`,
      hello: null,
      cursor: 0,
      reading: null,
      known: new Set(),
      live: [],
    });
  }

  forget(line: Line): void {
    const session = this.#sessions.get(line);
    this.#sessions.delete(line);
    if (session === undefined) return;
    for (const other of this.#sessions.values()) {
      if (other.known.delete(session.peer)) this.#send(other, [TAG.batch, [], [], [session.peer]]);
    }
  }

  receive(line: Line, data: Uint8Array): void {
    const session = this.#sessions.get(line);
    if (session === undefined) return;
    const frame = decode(data) as ClientFrame;
    switch (frame[0]) {
      case TAG.hello:
        this.#hello(session, frame);
        break;
      case TAG.push:
        this.#push(session, frame);
        break;
      case TAG.live:
        this.#live(session, frame);
        break;
      case TAG.ping:
        this.#send(session, [TAG.pong, frame[1], 0]);
        break;
    }
  }

  /** Sends each connection what is new for it: a page of its snapshot, or all commits since its cursor. */
  flush(): void {
    for (const session of this.#sessions.values()) this.#flush(session);
  }

  /** Loses what a connection has not got yet: the server believes that it has it. */
  lose(line: Line): void {
    const session = this.#sessions.get(line);
    if (session !== undefined) session.cursor = this.seq;
  }

  /** Whether somebody still has something to come. */
  get busy(): boolean {
    return [...this.#sessions.values()].some(
      ({ hello, reading, cursor, live }) =>
        hello !== null && (reading !== null || cursor < this.seq || live.length > 0),
    );
  }

  /** Forgets the oldest commits of the log. */
  trim(keep: number): void {
    this.log = this.log.slice(-keep);
    if (keep === 0) this.log = [];
  }

  /** A new life of the log; `keep` says whether the elements survive it. Client ids do not. */
  restart(keep: boolean): void {
    this.epoch = `e${++this.#epochs}`;
    this.seq = keep ? this.seq : 0;
    if (!keep) {
      this.elements.clear();
      this.title = "";
    }
    this.log = [];
    this.history = [];
    this.cids.clear();
    this.hangUpAll(CLOSE_CODES.restarting);
  }

  hangUpAll(code: number): void {
    for (const { line } of [...this.#sessions.values()]) line.hangUp(code);
    this.#sessions.clear();
  }

  #hello(session: Session, hello: Hello): void {
    session.hello = hello;
    const resume = hello[8];
    const first = this.seq - this.log.length;
    const resumed =
      resume !== null && resume[0] === this.epoch && resume[1] >= first && resume[1] <= this.seq;
    this.#send(session, [
      TAG.welcome,
      PROTOCOL_VERSION,
      this.epoch,
      this.seq,
      resumed,
      session.peer,
      this.role,
      this.title,
      "worker-1",
    ]);
    if (resumed) session.cursor = resume[1];
    else this.#snapshot(session);
  }

  #snapshot(session: Session): void {
    session.cursor = this.seq;
    session.reading = [...this.elements.keys()];
    const count = session.reading.length;
    this.#send(session, [TAG.reset, this.epoch, this.seq, this.title, count]);
  }

  #flush(session: Session): void {
    if (session.hello === null) return;
    if (session.reading !== null) {
      const ids = session.reading.splice(0, this.pageSize);
      const records: SnapshotRecord[] = [];
      for (const id of ids) {
        const stored = this.elements.get(id);
        if (stored !== undefined) records.push(recordOf(stored));
      }
      if (records.length > 0) this.#send(session, [TAG.page, records]);
      if (session.reading.length > 0) return;
      session.reading = null;
      this.#send(session, [TAG.ready, this.epoch, session.cursor]);
      return;
    }
    const behind = this.seq - session.cursor;
    if (behind > this.log.length) {
      this.#snapshot(session);
      return;
    }
    const again = Math.min(this.log.length, behind + this.overlap());
    const commits = behind === 0 ? [] : this.log.slice(-again);
    session.cursor = this.seq;
    const merged = commits.length > 1 && this.merges() ? mergeOf(commits) : null;
    if (merged !== null) {
      this.#send(session, merged);
      const first = commits[0]?.[0] ?? 0;
      commits.splice(0, merged[2] + 1 - first);
    }
    if (commits.length + session.live.length === 0) return;
    this.#send(session, [TAG.batch, commits, [], []]);
    session.live = [];
  }

  #push(session: Session, [, cid, n, gesture, ops]: Push): void {
    if (ops.length > MAX_OPS) throw new Error(`${ops.length} ops in one push`);
    const last = this.cids.get(cid) ?? { n: 0, seq: 0 };
    if (n <= last.n) {
      this.#send(session, [TAG.accepted, cid, last.n, last.seq]);
      return;
    }
    if (n > last.n + 1) {
      const answer = ["gap", "", true, 0, last.n + 1] as const;
      this.#send(session, [TAG.refused, cid, n, ...answer]);
      return;
    }
    const refusal = this.refuse([TAG.push, cid, n, gesture, ops]);
    if (refusal !== null) {
      const { code, retryable, retryAfter } = refusal;
      this.#send(session, [TAG.refused, cid, n, code, "", retryable, retryAfter, n]);
      return;
    }
    this.seq++;
    const commit: Commit = [this.seq, 0, session.hello?.[5] ?? "", cid, n, gesture, ops];
    this.apply(commit);
    this.log.push(commit);
    this.history.push(commit);
    this.cids.set(cid, { n, seq: this.seq });
    this.#send(session, [TAG.accepted, cid, n, this.seq]);
  }

  apply([seq, , , , , , ops]: Commit): void {
    for (const op of ops) {
      if (op[0] === "title") {
        this.title = op[1];
        continue;
      }
      const id = idOf(op);
      const before = this.elements.get(id);
      const after = afterOp(before?.element, op);
      if (after === undefined) this.elements.delete(id);
      else if (after !== before?.element) this.elements.set(id, { element: after, seq });
    }
  }

  #live(session: Session, [, state]: Live): void {
    const hello = session.hello;
    if (hello === null) return;
    for (const other of this.#sessions.values()) {
      if (other === session || other.hello === null) continue;
      const who: Who = [hello[5], hello[6], hello[7], "editor"];
      const isNew = !other.known.has(session.peer);
      other.known.add(session.peer);
      this.#send(other, [TAG.batch, [], [[session.peer, isNew ? who : null, state]], []]);
    }
  }

  #send(session: Session, frame: ServerFrame): void {
    session.line.deliver(encode(frame, { ignoreUndefined: true }));
  }
}

function recordOf({ element, seq }: Stored): SnapshotRecord {
  const { points, text, ...rest } = toWire(element) as ReturnType<typeof toWire> & {
    points?: Uint8Array;
    text?: string;
  };
  return [seq, rest as SnapshotRecord[1], points ?? null, text ?? null];
}
