import type { OpenSocket } from "../ports";
import type { ManualClock } from "./manual_clock";
import { Wire } from "./model_network";
import type { ModelServer } from "./model_server";

/** What happens to one attempt to connect. */
export type Fault =
  | { readonly kind: "throws" | "never-opens" | "silent" | "garbage" }
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
  wire: Wire | null = null;
  attempts = 0;
  /** When a fault last did its work. */
  faultAt = 0;

  constructor(server: ModelServer, clock: ManualClock) {
    this.#server = server;
    this.#clock = clock;
  }

  readonly openSocket: OpenSocket = (events) => {
    this.attempts++;
    const fault = this.faults.shift() ?? null;
    const strike = () => {
      this.faultAt = this.#clock.now();
    };
    if (fault !== null) strike();
    if (fault?.kind === "throws") throw new Error("refused by the browser");
    let received = 0;
    let deaf = false;
    const wire: Wire = new Wire(this.#server, {
      opened: events.opened,
      closed: events.closed,
      received: (data) => {
        if (deaf) return;
        received++;
        if (fault?.kind === "closes" && received > fault.after) {
          strike();
          wire.cut(fault.code);
        } else if (fault?.kind === "half-open" && received > fault.after) {
          strike();
          deaf = true;
        } else events.received(fault?.kind === "garbage" ? new Uint8Array([1, 2, 3]).buffer : data);
      },
    });
    this.wire = wire;
    if (fault?.kind === "closes" && fault.after === 0) {
      this.#clock.later(LATENCY_MS, () => wire.cut(fault.code));
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
