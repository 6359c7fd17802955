import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLOSE_CODES } from "../generated/limits";
import { report, sized } from "../testing/sized";
import type { Fault } from "./testing/faulty_network";
import { LIES } from "./testing/garbled";
import { square, world } from "./testing/small_world";
import { picture } from "./testing/world";

/** How long a page may take to be itself again once a fault has struck. */
const BACK_MS = 30_000;
/** As long as a fault may wait on a connection that works: the seventh frame of a quiet one is a pong after 30 s. */
const PATIENCE_MS = 40_000;
const SCRIPTS = sized(300, 1000);

interface Script {
  readonly faults: readonly Fault[];
  /** When the network or the page comes back, ms after the start. */
  readonly nudges: readonly number[];
  /** When something is drawn. */
  readonly edits: readonly number[];
  /** How long a person takes to press the button where only a person can help. */
  readonly hesitation: number;
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ kind: "throws" }, { kind: "never-opens" }, { kind: "silent" }),
  fc.record({
    kind: fc.constant("turned-away" as const),
    afterMs: fc.nat(7_000),
  }),
  fc.record({
    kind: fc.constant("garbled" as const),
    at: fc.nat(5),
    lie: fc.constantFrom(...LIES),
  }),
  fc.record({
    kind: fc.constant("closes" as const),
    code: fc.constantFrom(1000, 1006, 1011, ...Object.values(CLOSE_CODES)),
    after: fc.nat(4),
  }),
  fc.record({ kind: fc.constant("half-open" as const), after: fc.nat(6) }),
);

const script: fc.Arbitrary<Script> = fc.record({
  faults: fc.array(fault, { maxLength: 6 }),
  nudges: fc.array(fc.nat(60_000), { maxLength: 4 }),
  edits: fc.array(fc.nat(60_000), { minLength: 1, maxLength: 4 }),
  hesitation: fc.nat(20_000),
});

/** Plays a script to its end; returns the longest that the page was not itself, in ms. */
function play({ faults, nudges, edits, hesitation }: Script): number {
  const { clock, server, page } = world();
  // A board that somebody drew on before: a page that is live without it is not itself.
  const bob = page("bob");
  bob.client.start();
  bob.replica.edit([square("old")], "old");
  clock.advance(100);
  bob.client.stop();
  const ann = page("ann");
  const { client, replica, network } = ann;
  network.faults = [...faults];
  for (const at of nudges) clock.later(at, ann.nudge);
  const refused = new Set<string>();
  replica.onRefused(({ gesture }) => refused.add(gesture));
  edits.forEach((at, i) => {
    clock.later(at, () => replica.edit([square(`id${i}`)], `g${i}`));
  });
  const stored = () => picture([...server.elements.values()].map(({ element }) => element));
  const isItself = () =>
    client.state.value === "live" &&
    replica.pending === 0 &&
    picture(replica.elements()) === stored();
  const isDone = () =>
    network.attempts > faults.length && isItself() && clock.now() > Math.max(...edits);
  client.start();
  let goodAt = 0;
  let askedAt: number | null = null;
  let quietSince = 0;
  let longest = 0;
  while (!isDone()) {
    clock.advance(250);
    const now = clock.now();
    const drawnJustNow = edits.some((at) => now - at >= 0 && now - at < 1_000);
    if (isItself() && !network.isDeaf) goodAt = now;
    else quietSince = now;
    const problem = client.problem.value;
    if (problem === null) askedAt = null;
    else {
      expect(problem.code >= 4500 || problem.code === 4009, `${problem.code} is no end`).toBe(true);
      // Nothing will happen until a person presses the button, so there must be one with a word on it.
      expect(client.retryAt.value).toBeNull();
      askedAt ??= now;
      goodAt = now;
      if (now - askedAt >= hesitation) client.retry();
    }
    const since = Math.max(goodAt, network.struckAt);
    if (!drawnJustNow) longest = Math.max(longest, now - since);
    expect(now - since, "neither live nor on its way").toBeLessThanOrEqual(BACK_MS);
    if (now - quietSince > PATIENCE_MS && network.attempts <= faults.length) network.wire?.cut();
  }
  clock.advance(1_000);
  expect(picture(replica.elements())).toBe(stored());
  const committed = server.history.map(([, , , , , gesture]) => gesture);
  edits.forEach((_, i) => {
    const times = committed.filter((gesture) => gesture === `g${i}`).length;
    // What a server blames and gives up on it may have stored all the same (seed -875295014); it is shown then.
    if (refused.has(`g${i}`)) expect(times, `g${i}`).toBeLessThanOrEqual(1);
    else expect(times, `g${i}`).toBe(1);
  });
  return longest;
}

describe("a connection that meets fault after fault", () => {
  it(`W4 is never stuck: of ${SCRIPTS} scripts each is live within 30 s after every fault, with all edits`, () => {
    let longest = 0;
    fc.assert(
      fc.property(script, (each) => {
        longest = Math.max(longest, play(each));
      }),
      { numRuns: SCRIPTS },
    );
    report("W4", "fault scripts", { scripts: SCRIPTS, stuck: 0, longest_ms: longest });
  });

  it("W4 is counted from the moment a fault strikes, not from when it lies in wait (seed 759035889)", () => {
    const faults: Fault[] = [
      { kind: "silent" },
      { kind: "half-open", after: 3 },
      { kind: "throws" },
      { kind: "closes", code: 4029, after: 2 },
      { kind: "half-open", after: 1 },
      { kind: "half-open", after: 6 },
    ];
    expect(play({ faults, nudges: [], edits: [0], hesitation: 0 })).toBeLessThanOrEqual(BACK_MS);
  });

  it("W4 does not take the end of a snapshot that never began for a board", () => {
    const faults: Fault[] = [{ kind: "garbled", at: 0, lie: "no-snapshot" }];
    // Nothing is drawn for long: no commit would give it away.
    const longest = play({ faults, nudges: [], edits: [50_000], hesitation: 0 });
    expect(longest).toBeLessThanOrEqual(BACK_MS);
  });

  it("W4 ends well where a push is blamed that was stored (seed -875295014)", () => {
    const faults: Fault[] = [
      { kind: "closes", code: CLOSE_CODES.malformed, after: 3 },
      { kind: "closes", code: CLOSE_CODES.tooBig, after: 1 },
    ];
    expect(play({ faults, nudges: [], edits: [0], hesitation: 0 })).toBeLessThanOrEqual(BACK_MS);
  });
});

describe("a page with a part that throws", () => {
  it("W4 goes on all the same: the next attempt is planned before anybody is told", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    ann.client.onPeers(() => {
      throw new Error("drawing the cursors failed");
    });
    expect(() => ann.network.wire?.cut()).toThrow("drawing the cursors failed");
    clock.advance(1_000);
    expect(ann.client.state.value).toBe("live");
    expect(ann.network.attempts).toBe(2);
  });
});
