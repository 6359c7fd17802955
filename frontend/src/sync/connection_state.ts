/**
 * The life of a connection as a pure machine: connecting → greeting → live → offline → connecting …
 *
 * It knows no socket, no timer and no clock: each event comes with the time, each step answers with effects. In every
 * state that is not an end in itself `wakeAt` names a moment at which the machine wants a tick, so there is no state
 * from which nothing follows.
 */
import { CLOSE_CODES, PING_SECONDS } from "../generated/limits";

export type Phase =
  | { readonly name: "stopped" }
  | { readonly name: "connecting"; readonly socket: number; readonly until: number }
  | { readonly name: "greeting"; readonly socket: number; readonly until: number }
  | {
      readonly name: "live";
      readonly socket: number;
      readonly since: number;
      readonly pingAt: number;
      /** When the answer to the oldest unanswered ping is overdue. */
      readonly pongBy: number | null;
    }
  /** `retryAt` is null when only the person can decide to come back. */
  | { readonly name: "offline"; readonly retryAt: number | null; readonly code: number };

export interface ConnectionState {
  readonly phase: Phase;
  /** Attempts since a connection last proved itself. */
  readonly attempts: number;
  /** Sockets opened so far; the newest bears this number. */
  readonly sockets: number;
}

export type ConnectionEvent =
  | { readonly type: "start" | "stop" | "tick" }
  /** The network came back, the page is looked at again, or the person asks. */
  | { readonly type: "nudge"; readonly person?: boolean }
  | { readonly type: "opened" | "welcomed" | "ready" | "heard" | "pong"; readonly socket: number }
  /** `curable`: the same code need not come again, because the client will do something different. */
  | {
      readonly type: "closed";
      readonly socket: number;
      readonly code: number;
      readonly curable?: boolean;
    }
  /** This side gives the socket up: what came is not to be trusted, or what was asked never came. */
  | { readonly type: "failed"; readonly socket: number; readonly code: number }
  /** Close, and connect again at once. */
  | { readonly type: "restart" };

export type Effect =
  | { readonly type: "open" | "hello" | "ping"; readonly socket: number }
  | { readonly type: "close"; readonly socket: number; readonly code: number };

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly Effect[];
}

export const CONNECT_MS = 8_000;
/** Between two frames of a greeting; a snapshot of any length may follow as long as something comes. */
export const GREETING_MS = 10_000;
export const PING_MS = PING_SECONDS * 1000;
/** A second less than twice the ping's beat, so that a half-open socket is seen within 15 s, timers included. */
export const PONG_MS = 2 * PING_MS - 1000;
/** After the network or the page came back, an answer is expected sooner. */
export const NUDGED_PONG_MS = 3_000;
export const FIRST_RETRY_MS = 250;
export const LAST_RETRY_MS = 10_000;
/** A server that restarts has everybody coming back: they spread over this. */
export const RESTART_SPREAD_MS = 5_000;
/** A connection has proved itself when it was live for this long; until then, attempts go on counting. */
export const PROVEN_MS = 5_000;
/** The code of a socket that ended without one. */
export const NO_CODE = 1006;
/** First of the codes that mean: do not come back. */
const FIRST_TERMINAL = 4500;

export const INITIAL: ConnectionState = { phase: { name: "stopped" }, attempts: 0, sockets: 0 };

/** When the machine wants a tick; null when nothing will happen without an event. */
export function wakeAt({ phase }: ConnectionState): number | null {
  switch (phase.name) {
    case "stopped":
      return null;
    case "connecting":
    case "greeting":
      return phase.until;
    case "live":
      return phase.pongBy === null ? phase.pingAt : Math.min(phase.pingAt, phase.pongBy);
    case "offline":
      return phase.retryAt;
  }
}

/** Whether this code says that coming back is of no use until somebody does something. */
export function isTerminal(code: number): boolean {
  return code >= FIRST_TERMINAL || code === CLOSE_CODES.superseded;
}

/** One step of the machine; `now` in ms, `random` gives numbers from 0 up to 1. */
export function step(
  state: ConnectionState,
  event: ConnectionEvent,
  now: number,
  random: () => number,
): Step {
  if ("socket" in event && event.socket !== socketOf(state.phase)) {
    // Late words of a socket that was given up: they must not touch its successor.
    return stay(state);
  }
  switch (event.type) {
    case "start":
      return state.phase.name === "stopped" ? connect(state, now) : stay(state);
    case "stop":
      return { state: { ...state, phase: { name: "stopped" } }, effects: closing(state.phase) };
    case "restart":
      return restart(state, now);
    case "nudge":
      return nudge(state, now, event.person === true);
    case "tick":
      return tick(state, now, random);
    case "opened":
      return opened(state, event.socket, now);
    case "welcomed":
      return to(state, { name: "greeting", socket: event.socket, until: now + GREETING_MS });
    case "ready":
      return ready(state, event.socket, now);
    case "heard":
      return heard(state, now);
    case "pong":
      return pong(state);
    case "closed":
      return lost(state, event.code, event.curable === true, now, random);
    case "failed": {
      const next = lost(state, event.code, true, now, random);
      return { ...next, effects: closing(state.phase) };
    }
  }
}

function stay(state: ConnectionState): Step {
  return { state, effects: [] };
}

function to(state: ConnectionState, phase: Phase, effects: readonly Effect[] = []): Step {
  return { state: { ...state, phase }, effects };
}

function socketOf(phase: Phase): number | null {
  return phase.name === "stopped" || phase.name === "offline" ? null : phase.socket;
}

function closing(phase: Phase): Effect[] {
  const socket = socketOf(phase);
  return socket === null ? [] : [{ type: "close", socket, code: CLOSE_CODES.normal }];
}

function connect(state: ConnectionState, now: number): Step {
  const socket = state.sockets + 1;
  return {
    state: {
      phase: { name: "connecting", socket, until: now + CONNECT_MS },
      attempts: state.attempts + 1,
      sockets: socket,
    },
    effects: [{ type: "open", socket }],
  };
}

function opened(state: ConnectionState, socket: number, now: number): Step {
  if (state.phase.name !== "connecting") return stay(state);
  return to(state, { name: "greeting", socket, until: now + GREETING_MS }, [
    { type: "hello", socket },
  ]);
}

function ready(state: ConnectionState, socket: number, now: number): Step {
  if (state.phase.name !== "greeting") return stay(state);
  return to(state, { name: "live", socket, since: now, pingAt: now + PING_MS, pongBy: null });
}

function heard(state: ConnectionState, now: number): Step {
  if (state.phase.name !== "greeting") return stay(state);
  return to(state, { ...state.phase, until: now + GREETING_MS });
}

function pong(state: ConnectionState): Step {
  return state.phase.name === "live" ? to(state, { ...state.phase, pongBy: null }) : stay(state);
}

function nudge(state: ConnectionState, now: number, person: boolean): Step {
  const { phase } = state;
  if (phase.name === "offline") {
    return phase.retryAt !== null || person ? connect(state, now) : stay(state);
  }
  if (phase.name !== "live") return stay(state);
  const pongBy = Math.min(phase.pongBy ?? Number.POSITIVE_INFINITY, now + NUDGED_PONG_MS);
  return to(state, { ...phase, pingAt: now + PING_MS, pongBy }, [
    { type: "ping", socket: phase.socket },
  ]);
}

function restart(state: ConnectionState, now: number): Step {
  if (state.phase.name === "stopped") return stay(state);
  const next = connect(state, now);
  return { ...next, effects: [...closing(state.phase), ...next.effects] };
}

function tick(state: ConnectionState, now: number, random: () => number): Step {
  const { phase } = state;
  const due = wakeAt(state);
  if (due === null || now < due) return stay(state);
  if (phase.name === "offline") return connect(state, now);
  if (phase.name === "live" && (phase.pongBy === null || now < phase.pongBy)) {
    const pongBy = phase.pongBy ?? now + PONG_MS;
    return to(state, { ...phase, pingAt: now + PING_MS, pongBy }, [
      { type: "ping", socket: phase.socket },
    ]);
  }
  // It never opened, never greeted or never answered: half-open sockets tell nothing by themselves.
  return { ...lost(state, CLOSE_CODES.noPong, true, now, random), effects: closing(phase) };
}

function lost(
  state: ConnectionState,
  code: number,
  curable: boolean,
  now: number,
  random: () => number,
): Step {
  const { phase } = state;
  const proven = phase.name === "live" && now - phase.since >= PROVEN_MS;
  const attempts = proven ? 0 : state.attempts;
  const retryAt =
    isTerminal(code) && !curable ? null : now + Math.ceil(random() * spread(code, attempts));
  return { state: { ...state, attempts, phase: { name: "offline", retryAt, code } }, effects: [] };
}

/** Full jitter (Amazon's "Exponential Backoff And Jitter"): anywhere between now and the bound. */
function spread(code: number, attempts: number): number {
  const backoff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
  const herd =
    code === CLOSE_CODES.restarting || code === CLOSE_CODES.overloaded || code === CLOSE_CODES.rate;
  return herd ? Math.max(RESTART_SPREAD_MS, backoff) : backoff;
}
