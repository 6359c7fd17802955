import { type ReadonlySignal, signal } from "@preact/signals-core";
import { type Random, systemRandom } from "../document/new_id";
import { CLOSE_CODES, PROTOCOL_VERSION } from "../generated/limits";
import {
  type Batch,
  type ClientFrame,
  type Hello,
  type LiveState,
  type Role,
  type ServerFrame,
  TAG,
  type Welcome,
} from "../generated/protocol";
import { decodeFrame, encodeFrame, type Received, WireError } from "../wire/codec";
import {
  type ConnectionEvent,
  type ConnectionState,
  type Effect,
  INITIAL,
  isTerminal,
  NO_CODE,
  step,
  wakeAt,
} from "./connection_state";
import { LIVE_MS, LiveSender } from "./live_sender";
import { Peers, type PeerView } from "./peers";
import type { Clock, OpenSocket, Socket } from "./ports";
import { blamesOurFrames, type Problem, problemOf } from "./problem";
import { PushSender } from "./push_sender";
import type { Replica } from "./replica";

export interface SyncOptions {
  readonly board: string;
  readonly token: string;
  readonly session: string;
  readonly person: string;
  readonly name: string;
  readonly color: string;
  readonly replica: Replica;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random?: Random;
  /** Calls back when it is worth trying at once; returns how to stop. See `browserNudges`. */
  readonly nudges?: (nudge: () => void) => () => void;
}

export type ConnectionWord = "connecting" | "live" | "offline";

/** What the server says about itself, for the banner. */
export interface ServerNotice {
  readonly code: string;
  readonly message: string;
}

/** Things that should not happen, counted; for tests and reports. */
export interface SyncCounters {
  sockets: number;
  snapshots: number;
  gaps: number;
  unreadableFrames: number;
  unreadableRecords: number;
}

/** Live states wait while this many bytes wait in the socket: a slow link must not delay edits. */
const LIVE_BACKLOG_BYTES = 64 * 1024;

/** Keeps a replica and a server in touch over whatever sockets it takes. */
export class SyncClient {
  readonly counters: SyncCounters = {
    sockets: 0,
    snapshots: 0,
    gaps: 0,
    unreadableFrames: 0,
    unreadableRecords: 0,
  };
  readonly #options: SyncOptions;
  readonly #replica: Replica;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #sender: PushSender;
  readonly #live = new LiveSender();
  readonly #peers: Peers;
  readonly #peerListeners = new Set<() => void>();
  readonly #stops: (() => void)[] = [];
  #name: string;
  #color: string;
  #connection: ConnectionState = INITIAL;
  #socket: Socket | null = null;
  #timer: { readonly at: number; readonly cancel: () => void } | null = null;
  /** Resuming left a gap right away: the position is not worth keeping. */
  #distrusted = false;
  #gapBefore = false;
  /** A frame of ours could not be read: pushes go one by one, live states not at all. */
  #suspecting = false;
  #muted = false;

  readonly #state = signal<ConnectionWord>("offline");
  readonly #retryAt = signal<number | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #role = signal<Role | null>(null);
  readonly #worker = signal("");
  readonly #peer = signal("");
  readonly #title = signal("");
  readonly #pending = signal(0);
  readonly #notice = signal<ServerNotice | null>(null);

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#replica = options.replica;
    this.#clock = options.clock;
    this.#random = options.random ?? systemRandom;
    this.#name = options.name;
    this.#color = options.color;
    this.#sender = new PushSender(this.#replica, this.#random);
    this.#peers = new Peers((id) => this.#replica.get(id) !== undefined);
    this.#title.value = this.#replica.title;
    this.#pending.value = this.#replica.pending;
    this.#replica.subscribe((changes) => {
      const ids = changes.added.map(({ id }) => id);
      for (const id of ids) this.#live.committed(id);
      if (this.#peers.committed(ids)) this.#tellPeers();
    });
    this.#replica.onStatus(() => {
      this.#title.value = this.#replica.title;
      this.#pending.value = this.#replica.pending;
      this.#pump();
    });
  }

  // --- what everybody reads ---

  get state(): ReadonlySignal<ConnectionWord> {
    return this.#state;
  }
  /** When the next attempt comes, on the client's clock; null while none is planned or needed. */
  get retryAt(): ReadonlySignal<number | null> {
    return this.#retryAt;
  }
  /** Why there will be no further attempt by itself. */
  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }
  get role(): ReadonlySignal<Role | null> {
    return this.#role;
  }
  /** Which worker of the server holds this connection. */
  get worker(): ReadonlySignal<string> {
    return this.#worker;
  }
  /** The name of this connection among its peers. */
  get peer(): ReadonlySignal<string> {
    return this.#peer;
  }
  get title(): ReadonlySignal<string> {
    return this.#title;
  }
  /** Pushes not confirmed yet. */
  get pending(): ReadonlySignal<number> {
    return this.#pending;
  }
  get notice(): ReadonlySignal<ServerNotice | null> {
    return this.#notice;
  }
  get peers(): ReadonlyMap<string, PeerView> {
    return this.#peers.views;
  }

  onPeers(listener: () => void): () => void {
    this.#peerListeners.add(listener);
    return () => this.#peerListeners.delete(listener);
  }

  // --- what the page does ---

  start(): void {
    const stop = this.#options.nudges?.(() => this.#step({ type: "nudge" }));
    if (stop !== undefined) this.#stops.push(stop);
    this.#step({ type: "start" });
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#step({ type: "stop" });
  }

  /** The person asks for an attempt, also where the client would not make one by itself. */
  retry(): void {
    this.#step({ type: "nudge", person: true });
  }

  /** The name goes with the first frame of a connection, so a new one is made. */
  rename(name: string, color: string): void {
    if (name === this.#name && color === this.#color) return;
    this.#name = name;
    this.#color = color;
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
    if (before.name === "live" && state.phase.name !== "live") this.#leave();
    if (before.name !== "live" && state.phase.name === "live") this.#enter();
    for (const effect of effects) this.#perform(effect);
    this.#show();
    this.#pump();
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case "open":
        this.#open(effect.socket);
        break;
      case "hello":
        this.#send(this.#hello());
        break;
      case "ping":
        this.#send([TAG.ping, Math.floor(this.#clock.now())]);
        break;
      case "close":
        this.#close(effect.code);
        break;
    }
  }

  #open(socket: number): void {
    this.#close(CLOSE_CODES.normal);
    this.counters.sockets++;
    this.#replica.disconnected();
    try {
      const opened = this.#options.openSocket({
        opened: () => this.#step({ type: "opened", socket }),
        received: (data) => this.#received(socket, data),
        closed: (code) => this.#closed(socket, code),
      });
      if (this.#isCurrent(socket)) this.#socket = opened;
      else opened.close(CLOSE_CODES.normal);
    } catch {
      // For instance an address that the browser refuses.
      this.#step({ type: "closed", socket, code: NO_CODE });
    }
  }

  #close(code: number): void {
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close(code);
    } catch {
      // Closing may throw while it is being opened; its events are not listened to any more.
    }
  }

  #isCurrent(socket: number): boolean {
    const { phase } = this.#connection;
    return "socket" in phase && phase.socket === socket;
  }

  #closed(socket: number, code: number): void {
    if (!this.#isCurrent(socket)) return;
    this.#socket = null;
    this.#step({ type: "closed", socket, code, curable: this.#cure(code) });
  }

  /**
   * The server could not read a frame of ours. Coming back with the same frame would end the same way for ever, so
   * pushes go one at a time without live states between them; the one that ends the connection again is given up.
   */
  #cure(code: number): boolean {
    if (!blamesOurFrames(code)) return false;
    const [suspect, ...others] = this.#sender.inFlight;
    if (!this.#suspecting) {
      const curable = this.#connection.phase.name === "live";
      this.#suspecting = curable;
      this.#muted ||= suspect === undefined;
      this.#sender.cautious = true;
      return curable;
    }
    if (suspect === undefined || others.length > 0) return false;
    const { cid, n } = suspect;
    this.#replica.refused(suspect, [TAG.refused, cid, n, "invalid", "", false, 0, 0]);
    return true;
  }

  #enter(): void {
    this.#sender.begin();
    this.#live.begin();
  }

  #leave(): void {
    this.#gapBefore = false;
    this.#peers.clear();
    this.#tellPeers();
  }

  #show(): void {
    const { phase } = this.#connection;
    const offline = phase.name === "offline";
    this.#retryAt.value = offline ? phase.retryAt : null;
    if (phase.name === "live") this.#state.value = "live";
    else this.#state.value = offline || phase.name === "stopped" ? "offline" : "connecting";
    this.#problem.value =
      offline && phase.retryAt === null && isTerminal(phase.code) ? problemOf(phase.code) : null;
  }

  /** Sends what may go now and sees to it that somebody comes back for the rest. */
  #pump(): void {
    const now = this.#clock.now();
    let wake = wakeAt(this.#connection);
    if (this.#connection.phase.name === "live" && !this.#replica.loading) {
      if (this.#suspecting && this.#replica.pending === 0) {
        this.#suspecting = false;
        this.#sender.cautious = false;
      }
      for (const push of this.#sender.next(now)) this.#send(push);
      wake = earlier(wake, this.#sender.wakeAt(now));
      if (!this.#suspecting && !this.#muted) {
        wake = earlier(wake, this.#sendLive(now));
      }
    }
    this.#sleepUntil(wake, now);
  }

  /** Sends the live state if it may go; returns when to look again. */
  #sendLive(now: number): number | null {
    if ((this.#socket?.bufferedAmount ?? 0) >= LIVE_BACKLOG_BYTES) return now + LIVE_MS;
    const state = this.#live.take(now);
    if (state !== null) this.#send([TAG.live, state]);
    return this.#live.wakeAt();
  }

  #sleepUntil(at: number | null, now: number): void {
    if (this.#timer !== null && at !== null && this.#timer.at <= at && this.#timer.at > now) return;
    this.#timer?.cancel();
    this.#timer = null;
    if (at === null) return;
    const cancel = this.#clock.later(Math.max(0, at - now), () => {
      this.#timer = null;
      this.#tick();
    });
    this.#timer = { at, cancel };
  }

  #tick(): void {
    const { phase } = this.#connection;
    if (phase.name === "live" && this.#sender.isMissingCommits(this.#clock.now())) {
      this.#fail(phase.socket, CLOSE_CODES.positionLost);
    } else this.#step({ type: "tick" });
  }

  #send(frame: ClientFrame): void {
    try {
      this.#socket?.send(encodeFrame(frame));
    } catch {
      // A socket that closes in this moment throws; its end comes as an event.
    }
  }

  #hello(): Hello {
    const { board, token, session, person } = this.#options;
    const position = this.#distrusted ? null : this.#replica.position;
    const resume = position === null ? null : ([position.epoch, position.seq] as const);
    const viewport = this.#live.viewport;
    return [
      TAG.hello,
      PROTOCOL_VERSION,
      board,
      token,
      session,
      person,
      this.#name,
      this.#color,
      resume,
      viewport,
    ];
  }

  // --- what the server says ---

  #received(socket: number, data: ArrayBuffer): void {
    if (!this.#isCurrent(socket)) return;
    let received: Received;
    try {
      received = decodeFrame(new Uint8Array(data));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.unreadableFrames++;
      this.#fail(socket, CLOSE_CODES.notAFrame);
      return;
    }
    this.counters.unreadableRecords += received.skipped;
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
        this.counters.snapshots++;
        this.#replica.reset(frame);
        break;
      case TAG.page:
        this.#replica.page(frame);
        break;
      case TAG.ready:
        this.#distrusted = false;
        this.#replica.ready(frame);
        this.#step({ type: "ready", socket });
        break;
      case TAG.batch:
        this.#batch(socket, frame);
        break;
      case TAG.accepted:
        this.#sender.accepted(frame, now);
        break;
      case TAG.refused:
        this.#sender.refused(frame, now);
        break;
      case TAG.notice:
        this.#notice.value = frame[1] === "" ? null : { code: frame[1], message: frame[2] };
        break;
      case TAG.pong:
        this.#step({ type: "pong", socket });
        break;
    }
    this.#pump();
  }

  #welcome(socket: number, frame: Welcome): void {
    const [, , epoch, , resumed, peer, role, , worker] = frame;
    this.#peer.value = peer;
    this.#role.value = role;
    this.#worker.value = worker;
    this.#notice.value = null;
    this.#step({ type: "welcomed", socket });
    if (!resumed) return;
    if (this.#replica.position?.epoch === epoch) this.#step({ type: "ready", socket });
    else this.#gap(socket);
  }

  #batch(socket: number, [, commits, live, left]: Batch): void {
    const whole = this.#replica.receive(commits);
    if (this.#peers.apply(live, left, this.#peer.value)) this.#tellPeers();
    if (!whole) this.#gap(socket);
    else if (commits.length > 0) this.#gapBefore = false;
  }

  /** What came does not fit what is here: begin again, and after a second time without the position. */
  #gap(socket: number): void {
    this.counters.gaps++;
    const again = this.#gapBefore;
    this.#fail(socket, CLOSE_CODES.positionLost);
    this.#distrusted ||= again;
    this.#gapBefore = true;
  }

  #fail(socket: number, code: number): void {
    this.#step({ type: "failed", socket, code });
  }

  #tellPeers(): void {
    for (const listener of this.#peerListeners) listener();
  }
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
