import type { ReadonlySignal } from "@preact/signals-core";
import { type Random, systemRandom } from "../document/new_id";
import { CLOSE_CODES, REFUSAL_CODES } from "../generated/limits";
import {
  type Batch,
  type ClientFrame,
  type LiveState,
  type Role,
  type ServerFrame,
  TAG,
  type Welcome,
} from "../generated/protocol";
import { decodeFrame, type Received, WireError } from "../wire/codec";
import {
  type ConnectionEvent,
  type ConnectionState,
  type Effect,
  INITIAL,
  step,
  wakeAt,
} from "./connection_state";
import { CurrentSocket } from "./current_socket";
import { Greeting, type Visitor } from "./greeting";
import { Listeners } from "./listeners";
import { LIVE_MS, LiveSender } from "./live_sender";
import { Peers, type PeerView } from "./peers";
import type { Clock, OpenSocket } from "./ports";
import type { Problem } from "./problem";
import { PushSender } from "./push_sender";
import type { Replica } from "./replica";
import { Suspicion } from "./suspicion";
import {
  type ConnectionWord,
  type ServerNotice,
  type SyncCounters,
  SyncStatus,
} from "./sync_status";
import { earlier, Wakeup } from "./wakeup";

export interface SyncOptions extends Visitor {
  readonly replica: Replica;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random?: Random;
  /** Calls back when it is worth trying at once; returns how to stop. See `browserNudges`. */
  readonly nudges?: (nudge: () => void) => () => void;
}

/** Live states wait while this many bytes wait in the socket: a slow link must not delay edits. */
const LIVE_BACKLOG_BYTES = 64 * 1024;

/** Keeps a replica and a server in touch over whatever sockets it takes. */
export class SyncClient {
  readonly #options: SyncOptions;
  readonly #replica: Replica;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #sender: PushSender;
  readonly #live: LiveSender;
  readonly #peers: Peers;
  readonly #peersChanged = new Listeners<[]>();
  readonly #suspicion = new Suspicion();
  readonly #status = new SyncStatus();
  readonly #wakeup: Wakeup;
  readonly #greeting: Greeting;
  readonly #socket: CurrentSocket;
  #stopNudges = () => {};
  #connection: ConnectionState = INITIAL;
  /** What came did not fit the position, twice in a row: it is not worth keeping. */
  #distrusted = false;
  #gapBefore = false;

  readonly state: ReadonlySignal<ConnectionWord> = this.#status.state;
  /** When the next attempt comes, on the client's clock; null while none is planned or needed. */
  readonly retryAt: ReadonlySignal<number | null> = this.#status.retryAt;
  /** Why there will be no further attempt by itself. */
  readonly problem: ReadonlySignal<Problem | null> = this.#status.problem;
  readonly role: ReadonlySignal<Role | null> = this.#status.role;
  /** Whether this role may change the board; pushes of another visit wait for a link that may. */
  readonly mayPush: ReadonlySignal<boolean> = this.#status.mayPush;
  /** Which worker of the server holds this connection. */
  readonly worker: ReadonlySignal<string> = this.#status.worker;
  /** The name of this connection among its peers. */
  readonly peer: ReadonlySignal<string> = this.#status.peer;
  /** Where the board stood when this connection was greeted: what comes after that is new to everybody. */
  readonly greetedAt: ReadonlySignal<number | null> = this.#status.greetedAt;
  readonly title: ReadonlySignal<string> = this.#status.title;
  /** Pushes not confirmed yet. */
  readonly pending: ReadonlySignal<number> = this.#status.pending;
  readonly notice: ReadonlySignal<ServerNotice | null> = this.#status.notice;
  readonly counters: Readonly<SyncCounters> = this.#status.counters;

  readonly onPeers = this.#peersChanged.add;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#replica = options.replica;
    this.#clock = options.clock;
    this.#random = options.random ?? systemRandom;
    this.#greeting = new Greeting(options);
    this.#socket = new CurrentSocket(options.openSocket, {
      isCurrent: (socket) => this.#isCurrent(socket),
      opened: (socket) => this.#step({ type: "opened", socket }),
      received: (socket, data) => this.#received(socket, data),
      closed: (socket, code) => {
        this.#step({ type: "closed", socket, code, curable: this.#isCurable(code) });
      },
    });
    this.#live = new LiveSender(() => this.#replica.pending > 0);
    this.#sender = new PushSender(this.#replica, this.#random);
    this.#peers = new Peers((id) => this.#replica.get(id) !== undefined);
    this.#wakeup = new Wakeup(this.#clock, () => this.#tick());
    const readReplica = () => {
      this.#status.title.value = this.#replica.title;
      this.#status.pending.value = this.#replica.pending;
    };
    readReplica();
    this.#replica.subscribe((changes) => {
      const ids = changes.added.map(({ id }) => id);
      for (const id of ids) this.#live.committed(id);
      if (this.#peers.committed(ids)) this.#peersChanged.tell();
    });
    this.#replica.onStatus(() => {
      readReplica();
      this.#pump();
    });
  }

  get peers(): ReadonlyMap<string, PeerView> {
    return this.#peers.views;
  }

  // --- what the page does ---

  start(): void {
    this.#stopNudges();
    this.#stopNudges = this.#options.nudges?.(() => this.#step({ type: "nudge" })) ?? (() => {});
    this.#step({ type: "start" });
  }

  stop(): void {
    this.#stopNudges();
    this.#step({ type: "stop" });
  }

  /** The person asks for an attempt, also where the client would not make one by itself. */
  retry(): void {
    this.#step({ type: "nudge", person: true });
  }

  /** The name goes with the first frame of a connection, so a new one is made. */
  rename(name: string, color: string): void {
    if (!this.#greeting.rename(name, color)) return;
    if (this.#connection.phase.name === "live") this.#step({ type: "restart" });
  }

  /** Shows the others what need not survive; the newest of each counts, ink is appended. */
  sendLive(patch: LiveState): void {
    this.#live.add(patch);
    this.#pump();
  }

  // --- the machine's shell ---

  #step(event: ConnectionEvent): void {
    const before = this.#connection.phase;
    const now = this.#clock.now();
    const { state, effects } = step(this.#connection, event, now, this.#random);
    this.#connection = state;
    const left = before.name === "live" && state.phase.name !== "live";
    if (left) this.#leave();
    if (before.name !== "live" && state.phase.name === "live") this.#enter();
    for (const effect of effects) this.#perform(effect);
    this.#pump();
    // Last: whoever is told may throw, and the next attempt must have been planned by then.
    this.#status.show(this.#connection.phase);
    if (left) this.#peersChanged.tell();
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case "open":
        this.#status.counters.sockets++;
        this.#replica.disconnected();
        this.#socket.open(effect.socket);
        break;
      case "hello":
        this.#socket.send(this.#hello());
        break;
      case "ping":
        this.#socket.send([TAG.ping, Math.floor(this.#clock.now())]);
        break;
      case "close":
        this.#socket.close(effect.code);
        break;
    }
  }

  #isCurrent(socket: number): boolean {
    const { phase } = this.#connection;
    return "socket" in phase && phase.socket === socket;
  }

  /** Whether to come back although the code says not to, because the frame to blame is found or looked for. */
  #isCurable(code: number): boolean {
    const wasLive = this.#connection.phase.name === "live";
    const { curable, culprit } = this.#suspicion.closed(code, wasLive, this.#sender.inFlight);
    this.#sender.cautious = this.#suspicion.active;
    if (culprit !== null) {
      const { cid, n } = culprit;
      this.#replica.refused(culprit, [TAG.refused, cid, n, REFUSAL_CODES.invalid, "", false, 0, 0]);
    }
    return curable;
  }

  #enter(): void {
    this.#sender.begin();
    this.#live.begin();
  }

  #leave(): void {
    this.#gapBefore = false;
    this.#peers.clear();
  }

  /** Sends what may go now and sees to it that somebody comes back for the rest. */
  #pump(): void {
    const now = this.#clock.now();
    let wake = wakeAt(this.#connection);
    if (this.#connection.phase.name === "live" && !this.#replica.loading) {
      if (this.#suspicion.active && this.#replica.pending === 0) {
        this.#suspicion.clear();
        this.#sender.cautious = false;
      }
      if (this.mayPush.peek()) {
        for (const push of this.#sender.next(now)) this.#socket.send(push);
        wake = earlier(wake, this.#sender.wakeAt(now));
      }
      if (this.#suspicion.allowsLive) wake = earlier(wake, this.#sendLive(now));
    }
    this.#wakeup.at(wake);
  }

  /** Sends the live state if it may go; returns when to look again. */
  #sendLive(now: number): number | null {
    if (this.#socket.bufferedAmount >= LIVE_BACKLOG_BYTES) return now + LIVE_MS;
    const state = this.#live.take(now);
    if (state !== null) this.#socket.send([TAG.live, state]);
    return this.#live.wakeAt();
  }

  #tick(): void {
    const { phase } = this.#connection;
    if (phase.name === "live" && this.#sender.isMissingCommits(this.#clock.now())) {
      this.#fail(phase.socket, CLOSE_CODES.positionLost);
    } else this.#step({ type: "tick" });
  }

  #hello(): ClientFrame {
    const position = this.#distrusted ? null : this.#replica.position;
    return this.#greeting.hello(position, this.#live.viewport);
  }

  // --- what the server says ---

  #received(socket: number, data: ArrayBuffer): void {
    let received: Received;
    try {
      received = decodeFrame(new Uint8Array(data));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#status.counters.unreadableFrames++;
      this.#fail(socket, CLOSE_CODES.notAFrame);
      return;
    }
    this.#status.counters.unreadableRecords += received.skipped;
    this.#step({ type: "heard", socket });
    this.#handle(socket, received.frame);
  }

  #handle(socket: number, frame: ServerFrame): void {
    const now = this.#clock.now();
    switch (frame[0]) {
      case TAG.welcome:
        this.#welcome(socket, frame);
        break;
      case TAG.reset:
        this.#status.counters.snapshots++;
        this.#replica.reset(frame);
        break;
      case TAG.page:
        this.#replica.page(frame);
        break;
      case TAG.ready:
        // The end of a snapshot that never began: there would be no board to be live on.
        if (!this.#replica.loading) {
          this.#gap(socket);
          break;
        }
        this.#distrusted = false;
        this.#replica.ready(frame);
        this.#step({ type: "ready", socket });
        break;
      case TAG.batch:
        this.#batch(socket, frame, this.#replica.receive(frame[1]));
        break;
      case TAG.merged:
        this.#batch(socket, [TAG.batch, [], [], []], this.#replica.merged(frame), true);
        break;
      case TAG.accepted:
        this.#sender.accepted(frame, now);
        break;
      case TAG.refused:
        this.#sender.refused(frame, now);
        break;
      case TAG.notice:
        this.#status.notice.value = frame[1] === "" ? null : { code: frame[1], message: frame[2] };
        break;
      case TAG.pong:
        this.#step({ type: "pong", socket });
        break;
    }
    this.#pump();
  }

  #welcome(socket: number, frame: Welcome): void {
    const [, , epoch, seq, resumed, peer, role, , worker] = frame;
    this.#status.greetedAt.value = seq;
    this.#status.peer.value = peer;
    this.#status.role.value = role;
    this.#status.worker.value = worker;
    this.#status.notice.value = null;
    this.#step({ type: "welcomed", socket });
    if (!resumed) return;
    if (this.#replica.position?.epoch === epoch) this.#step({ type: "ready", socket });
    else this.#gap(socket);
  }

  #batch(
    socket: number,
    [, commits, live, left]: Batch,
    whole: boolean,
    moved = commits.length > 0,
  ): void {
    if (this.#peers.apply(live, left, this.#status.peer.value)) this.#peersChanged.tell();
    if (!whole) this.#gap(socket);
    else if (moved) this.#gapBefore = false;
  }

  /** What came does not fit what is here: begin again, and after a second time without the position. */
  #gap(socket: number): void {
    this.#status.counters.gaps++;
    const again = this.#gapBefore;
    this.#fail(socket, CLOSE_CODES.positionLost);
    this.#distrusted ||= again;
    this.#gapBefore = true;
  }

  #fail(socket: number, code: number): void {
    this.#step({ type: "failed", socket, code });
  }
}
