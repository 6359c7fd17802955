import type { OpenSocket } from "../ports";
import { garbled, type Lie } from "./garbled";
import type { ManualClock } from "./manual_clock";
import { Wire } from "./model_network";
import type { ModelServer } from "./model_server";

/** What happens to one attempt to connect. */
export type Fault =
  /** Throws, hangs before it opens, or opens and then says nothing. */
  | { readonly kind: "throws" | "never-opens" | "silent" }
  /**
   * Ends before it opens: a name that does not resolve, or an answer other than 101 (401, 403, 500, 503).
   * A page is told no more of either than code 1006.
   */
  | { readonly kind: "turned-away"; readonly afterMs: number }
  /** From frame number `at` on, what the server says is nothing that a server says. */
  | { readonly kind: "garbled"; readonly at: number; readonly lie: Lie }
  /** Closes with a code after so many frames from the server. */
  | { readonly kind: "closes"; readonly code: number; readonly after: number }
  /** Works for a while, then swallows everything without a word: half-open. */
  | { readonly kind: "half-open"; readonly after: number };

/** Delay of a message, in ms. */
const LATENCY_MS = 15;

/** A network on a clock: everything flows by itself, except for what the faults do, one per attempt, in turn. */
export class FaultyNetwork {
  readonly #server: ModelServer;
  readonly #clock: ManualClock;
  faults: Fault[] = [];
  /** Every attempt fails at once, whatever the faults are. */
  unreachable = false;
  wire: Wire | null = null;
  attempts = 0;
  /** When a fault last did its work. */
  struckAt = 0;
  /** Whether the newest connection is half open: what it looks like says nothing. */
  isDeaf = false;

  constructor(server: ModelServer, clock: ManualClock) {
    this.#server = server;
    this.#clock = clock;
  }

  readonly openSocket: OpenSocket = (events) => {
    const attempt = ++this.attempts;
    if (this.unreachable) throw new Error("unreachable");
    const fault = this.faults.shift() ?? null;
    this.isDeaf = false;
    let struck = false;
    const strike = () => {
      if (struck || attempt !== this.attempts) return;
      struck = true;
      this.struckAt = this.#clock.now();
    };
    if (fault !== null && fault.kind !== "garbled" && strikesAt(fault) === 0) strike();
    if (fault?.kind === "throws") throw new Error("refused by the browser");
    let received = 0;
    let deaf = false;
    const wire: Wire = new Wire(this.#server, {
      opened: events.opened,
      closed: events.closed,
      received: (data) => {
        if (deaf) return;
        received++;
        if (fault === null || received <= strikesAt(fault)) events.received(data);
        else if (fault.kind === "garbled") {
          const said = garbled(data, fault.lie);
          if (said !== data) strike();
          events.received(said);
        } else {
          strike();
          if (fault.kind === "closes") wire.cut(fault.code);
          else if (fault.kind === "half-open") {
            deaf = true;
            this.isDeaf = attempt === this.attempts;
          } else events.received(data);
        }
      },
    });
    this.wire = wire;
    if (fault?.kind === "closes" && fault.after === 0) {
      this.#clock.later(LATENCY_MS, () => wire.cut(fault.code));
    } else if (fault?.kind === "turned-away") {
      this.#clock.later(fault.afterMs, () => {
        strike();
        wire.cut();
      });
    } else if (fault?.kind !== "never-opens") this.#flow(wire, fault?.kind === "silent");
    return {
      send: (data) => {
        if (!deaf) wire.sendUp(data);
      },
      close: () => wire.closeByClient(),
      bufferedAmount: 0,
    };
  };

  #flow(wire: Wire, silent: boolean): void {
    this.#clock.later(LATENCY_MS, () => {
      if (wire.isDead) return;
      wire.open();
      wire.flowUp(100);
      this.#server.flush();
      if (!silent) wire.flowDown(100);
      this.#flow(wire, silent);
    });
  }
}

/** After how many frames from the server a fault begins; 0 is from the start. */
function strikesAt(fault: Fault): number {
  if (fault.kind === "garbled") return fault.at;
  return fault.kind === "closes" || fault.kind === "half-open" ? fault.after : 0;
}
