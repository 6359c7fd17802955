import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLOSE_CODES } from "../generated/limits";
import {
  CONNECT_MS,
  type ConnectionEvent,
  type ConnectionState,
  type Effect,
  GREETING_MS,
  INITIAL,
  LAST_RETRY_MS,
  NUDGED_PONG_MS,
  PING_MS,
  PONG_MS,
  PROVEN_MS,
  RESTART_SPREAD_MS,
  step,
  wakeAt,
} from "./connection_state";

/** The machine with a clock of its own. */
class Machine {
  state: ConnectionState = INITIAL;
  now = 0;
  readonly effects: Effect[] = [];
  random = 0.5;

  send(event: ConnectionEvent): this {
    const { state, effects } = step(this.state, event, this.now, () => this.random);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** Lets the time pass until `ms` from now, with a tick whenever the machine wants one. */
  wait(ms: number): this {
    const end = this.now + ms;
    for (let at = wakeAt(this.state); at !== null && at <= end; at = wakeAt(this.state)) {
      this.now = Math.max(this.now, at);
      this.send({ type: "tick" });
    }
    this.now = end;
    return this;
  }

  get socket(): number {
    return this.state.sockets;
  }

  get name(): string {
    return this.state.phase.name;
  }

  live(): this {
    this.send({ type: "start" });
    const { socket } = this;
    this.send({ type: "opened", socket }).send({ type: "welcomed", socket });
    return this.send({ type: "ready", socket });
  }

  taken(): Effect[] {
    return this.effects.splice(0);
  }
}

describe("a connection", () => {
  it("goes from connecting over greeting to live", () => {
    const machine = new Machine().send({ type: "start" });
    expect(machine.taken()).toEqual([{ type: "open", socket: 1 }]);
    expect(machine.name).toBe("connecting");
    machine.send({ type: "opened", socket: 1 });
    expect(machine.taken()).toEqual([{ type: "hello", socket: 1 }]);
    expect(machine.name).toBe("greeting");
    machine.send({ type: "welcomed", socket: 1 }).send({ type: "ready", socket: 1 });
    expect(machine.name).toBe("live");
  });

  it("gives up a socket that does not open, or does not greet, or stops in the middle of it", () => {
    const connecting = new Machine().send({ type: "start" }).wait(CONNECT_MS);
    expect(connecting.name).toBe("offline");
    const greeting = new Machine().send({ type: "start" }).send({ type: "opened", socket: 1 });
    greeting
      .wait(GREETING_MS - 1)
      .send({ type: "heard", socket: 1 })
      .wait(GREETING_MS - 1);
    expect(greeting.name).toBe("greeting");
    greeting.wait(1);
    expect(greeting.name).toBe("offline");
    expect(greeting.taken().at(-1)).toEqual({ type: "close", socket: 1, code: 1000 });
  });

  it("pings every few seconds and stays while it is answered", () => {
    const machine = new Machine().live();
    machine.taken();
    for (let i = 0; i < 20; i++) {
      machine.wait(PING_MS);
      expect(machine.taken()).toEqual([{ type: "ping", socket: 1 }]);
      machine.send({ type: "pong", socket: 1 });
    }
    expect(machine.name).toBe("live");
  });

  it("sees a half-open socket within 15 s, whenever it broke", () => {
    for (let broke = 0; broke < PING_MS; broke += 100) {
      const machine = new Machine().live().wait(PING_MS).send({ type: "pong", socket: 1 });
      machine.wait(broke);
      const since = machine.now;
      while (machine.name === "live" && machine.now - since < 60_000) machine.wait(1);
      expect(machine.now - since).toBeLessThanOrEqual(15_000);
      expect(machine.now - since).toBeGreaterThan(PONG_MS - PING_MS);
    }
  });

  it("looks at once when the network or the page comes back, and does not wait long for the answer", () => {
    const machine = new Machine().live();
    machine.taken();
    machine.send({ type: "nudge" });
    expect(machine.taken()).toEqual([{ type: "ping", socket: 1 }]);
    machine.wait(NUDGED_PONG_MS);
    expect(machine.name).toBe("offline");
  });

  it("tries at once when it is offline and the network comes back", () => {
    const machine = new Machine().live().send({ type: "closed", socket: 1, code: 1006 });
    expect(machine.name).toBe("offline");
    machine.send({ type: "nudge" });
    expect(machine.name).toBe("connecting");
  });

  it("[H8] is not touched by late words of an earlier socket", () => {
    const machine = new Machine().live().send({ type: "closed", socket: 1, code: 1006 });
    machine.send({ type: "nudge" }).send({ type: "opened", socket: 2 });
    for (const type of ["opened", "welcomed", "ready", "heard", "pong"] as const) {
      const { state } = machine;
      expect(machine.send({ type, socket: 1 }).state).toBe(state);
    }
    machine.send({ type: "closed", socket: 1, code: 4503 });
    machine.send({ type: "failed", socket: 1, code: 4003 });
    expect(machine.name).toBe("greeting");
  });

  it("waits longer after each failure, up to a bound, anywhere below it", () => {
    const machine = new Machine().send({ type: "start" });
    machine.random = 0.999999;
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      machine.send({ type: "closed", socket: machine.socket, code: 1006 });
      const before = machine.now;
      while (machine.name === "offline") machine.wait(1);
      waits.push(machine.now - before);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
    machine.random = 0;
    machine.send({ type: "closed", socket: machine.socket, code: 1006 });
    expect(wakeAt(machine.state)).toBe(machine.now);
  });

  it("counts from the beginning only after it was live for a while", () => {
    const machine = new Machine().live();
    machine.send({ type: "closed", socket: 1, code: 1006 });
    expect(machine.state.attempts).toBe(1);
    const proven = new Machine().live().wait(PROVEN_MS);
    proven.send({ type: "closed", socket: 1, code: 1006 });
    expect(proven.state.attempts).toBe(0);
  });

  it("[K3] spreads out when a server restarts", () => {
    const machine = new Machine().live();
    machine.random = 0.9;
    machine.send({ type: "closed", socket: 1, code: CLOSE_CODES.restarting });
    expect(wakeAt(machine.state)).toBeCloseTo(machine.now + 0.9 * RESTART_SPREAD_MS);
  });

  it("does not come back by itself where that is of no use, but does when the person asks", () => {
    for (const code of [4009, 4500, 4501, 4503, 4504, 4508, 4510, 4513]) {
      const machine = new Machine().live().send({ type: "closed", socket: 1, code });
      expect(wakeAt(machine.state), String(code)).toBeNull();
      machine.send({ type: "nudge" });
      expect(machine.name).toBe("offline");
      machine.send({ type: "nudge", person: true });
      expect(machine.name).toBe("connecting");
    }
  });

  it("comes back after every other code", () => {
    for (const code of [
      1000, 1001, 1006, 1007, 1009, 1011, 1012, 1013, 4000, 4001, 4002, 4003, 4029,
    ]) {
      const machine = new Machine().live().send({ type: "closed", socket: 1, code });
      machine.wait(LAST_RETRY_MS);
      expect(machine.name, String(code)).not.toBe("offline");
    }
  });

  it("ends when it is told to, and closes its socket", () => {
    const machine = new Machine().live();
    machine.taken();
    machine.send({ type: "stop" });
    expect(machine.taken()).toEqual([{ type: "close", socket: 1, code: 1000 }]);
    expect(wakeAt(machine.state)).toBeNull();
    machine.send({ type: "restart" }).send({ type: "nudge", person: true });
    expect(machine.name).toBe("stopped");
  });

  it("always wants to be woken, whatever happens in whatever order", () => {
    const socket = fc.constantFrom(0, -1);
    const event = fc.oneof(
      fc.constantFrom<ConnectionEvent>(
        { type: "start" },
        { type: "tick" },
        { type: "nudge" },
        { type: "nudge", person: true },
        { type: "restart" },
      ),
      fc.record({
        type: fc.constantFrom("opened", "welcomed", "ready", "heard", "pong"),
        socket,
      }),
      fc.record({
        type: fc.constantFrom("closed", "failed"),
        socket,
        code: fc.constantFrom(1006, 1012, 4003, 4009, 4500, 4504),
        curable: fc.boolean(),
      }),
    ) as fc.Arbitrary<ConnectionEvent>;
    const script = fc.array(fc.tuple(event, fc.nat(20_000)), { maxLength: 40 });
    fc.assert(
      fc.property(
        script,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (events, random) => {
          const machine = new Machine().send({ type: "start" });
          machine.random = random;
          for (const [next, pause] of events) {
            // 0 stands for the newest socket, -1 for the one before.
            const related =
              "socket" in next ? { ...next, socket: machine.socket + next.socket } : next;
            machine.send(related);
            const { phase } = machine.state;
            const at = wakeAt(machine.state);
            if (phase.name === "offline" && phase.retryAt === null) {
              expect(phase.code >= 4500 || phase.code === 4009).toBe(true);
              machine.send({ type: "nudge", person: true });
            } else {
              expect(at).not.toBeNull();
              expect(at! - machine.now).toBeLessThanOrEqual(10_000);
            }
            machine.now += pause;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
