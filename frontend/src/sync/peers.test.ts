import { describe, expect, it } from "vitest";
import type { LiveState, PeerLive, Who, WireElement } from "../generated/protocol";
import { Peers } from "./peers";

const ANN: Who = ["person-ann", "Ann", "#1971c2", "editor"];

const stroke: WireElement = {
  type: "freedraw",
  id: "s",
  place: [0, 0, 1, 1, 0],
  z: "a0",
  points: new Uint8Array(0),
};

const ink = (offset: number, ...bytes: number[]): LiveState => ({
  ink: [
    offset === 0
      ? { id: "s", offset, data: new Uint8Array(bytes), element: stroke }
      : { id: "s", offset, data: new Uint8Array(bytes) },
  ],
});

function peers(existing: string[] = []) {
  const made = new Peers((id) => existing.includes(id));
  const say = (...live: PeerLive[]) => made.apply(live, [], "me");
  const drawn = () => [...(made.views.get("p1")?.inks.get("s")?.bytes ?? [])];
  return { made, say, drawn };
}

describe("peers", () => {
  it("[L4] are here from their first word to their last", () => {
    const { made, say } = peers();
    expect(say(["p1", ANN, { cursor: [1, 2] }])).toBe(true);
    expect(made.views.get("p1")).toMatchObject({
      person: "person-ann",
      name: "Ann",
      role: "editor",
      cursor: [1, 2],
      selection: [],
    });
    expect(made.apply([], ["p1", "unknown"], "me")).toBe(true);
    expect(made.views.size).toBe(0);
    expect(made.apply([], ["p1"], "me")).toBe(false);
  });

  it("[L7] are others: one's own words are passed over", () => {
    const { made, say } = peers();
    expect(say(["me", ANN, { cursor: [1, 2] }])).toBe(false);
    expect(made.views.size).toBe(0);
  });

  it("[L1] keep what a word does not mention", () => {
    const { made, say } = peers();
    say(["p1", ANN, { cursor: [1, 2], selection: ["a"], tool: "pen" }]);
    say(["p1", null, { cursor: [3, 4] }]);
    say(["p1", ["person-ann", "Anna", "#1971c2", "viewer"], { selection: [] }]);
    expect(made.views.get("p1")).toMatchObject({
      name: "Anna",
      role: "viewer",
      cursor: [3, 4],
      selection: [],
      tool: "pen",
    });
  });

  it("are new objects when they change, so that whoever holds one can tell", () => {
    const { made, say } = peers();
    say(["p1", ANN, { cursor: [1, 2] }]);
    const before = made.views.get("p1");
    say(["p1", null, { cursor: [3, 4] }]);
    expect(made.views.get("p1")).not.toBe(before);
    expect(before?.cursor).toEqual([1, 2]);
  });

  it("that nobody introduced are not shown", () => {
    const { made, say } = peers();
    expect(say(["p1", null, { cursor: [1, 2] }])).toBe(false);
    expect(made.views.size).toBe(0);
  });

  it("[L2] draw ink that is put together from its pieces", () => {
    const { made, say, drawn } = peers();
    say(["p1", ANN, ink(0, 3, 4)]);
    say(["p1", null, ink(2, 5)], ["p1", null, ink(3, 6, 7)]);
    expect(drawn()).toEqual([3, 4, 5, 6, 7]);
    expect(made.views.get("p1")?.inks.get("s")?.element).toMatchObject({ id: "s", opacity: 1 });
  });

  it("[L2] with a piece missing draw no further until the stroke comes again from its beginning", () => {
    const { say, drawn } = peers();
    say(["p1", ANN, ink(0, 3, 4)]);
    say(["p1", null, ink(5, 9)]);
    expect(drawn()).toEqual([3, 4]);
    say(["p1", null, ink(2, 5, 6)], ["p1", null, ink(3, 6, 7)]);
    expect(drawn()).toEqual([3, 4, 5, 6, 7]);
    say(["p1", null, ink(0, 1)]);
    expect(drawn()).toEqual([1]);
  });

  it("[L2] whose beginning nobody has are not shown", () => {
    const { say, drawn, made } = peers();
    say(["p1", ANN, ink(4, 1, 2)]);
    expect(drawn()).toEqual([]);
    expect(made.views.get("p1")?.inks.size).toBe(0);
  });

  it("[L3] lose their ink when it is an element, when it ends, and with themselves", () => {
    const { made, say, drawn } = peers();
    say(["p1", ANN, ink(0, 1)]);
    expect(made.committed(["other"])).toBe(false);
    expect(made.committed(["s"])).toBe(true);
    expect(drawn()).toEqual([]);
    say(["p1", null, ink(0, 1)]);
    say(["p1", null, { ended: ["s"] }]);
    expect(drawn()).toEqual([]);
    say(["p1", null, ink(0, 1)]);
    made.apply([], ["p1"], "me");
    say(["p1", ANN, ink(1, 2)]);
    expect(drawn()).toEqual([]);
  });

  it("[L3] draw no late ink of a stroke that is an element already", () => {
    const { say, drawn } = peers(["s"]);
    say(["p1", ANN, ink(0, 1)]);
    expect(drawn()).toEqual([]);
  });

  it("show drafts and moves, and show no more of them when told", () => {
    const { made, say } = peers();
    say(["p1", ANN, { drafts: [stroke], moves: [["a", [1, 2, 3, 4, 0]]] }]);
    expect(made.views.get("p1")?.drafts).toMatchObject([{ id: "s", opacity: 1 }]);
    expect(made.views.get("p1")?.moves).toEqual(new Map([["a", [1, 2, 3, 4, 0]]]));
    say(["p1", null, { drafts: [], moves: [] }]);
    expect(made.views.get("p1")).toMatchObject({ drafts: [], moves: new Map() });
  });

  it("[L8] [L9] [L10] [L11] point, call, follow and are away as they said last", () => {
    const { made, say } = peers();
    say(["p1", ANN, {}]);
    const quiet = { laser: null, spotlight: 0, following: "", availability: "active" };
    expect(made.views.get("p1")).toMatchObject(quiet);
    const laser = { trail: 1, points: new Uint8Array([2, 3]) };
    say(["p1", null, { laser, spotlight: 7, following: "person-b", availability: "away" }]);
    say(["p1", null, { cursor: [1, 2] }]);
    const said = { laser, spotlight: 7, following: "person-b", availability: "away" };
    expect(made.views.get("p1")).toMatchObject(said);
    say(["p1", null, { spotlight: 0, following: "", availability: "active" }]);
    expect(made.views.get("p1")).toMatchObject({ ...quiet, laser });
  });

  it("were used in the order of their words, but not by following or being away", () => {
    const { made, say } = peers();
    const used = (peer: string) => made.views.get(peer)?.used ?? -1;
    say(["p1", ANN, { cursor: [1, 2] }], ["p2", ANN, { viewport: [0, 0, 9, 9] }]);
    expect(used("p2")).toBeGreaterThan(used("p1"));
    say(["p1", null, ink(0, 1)]);
    expect(used("p1")).toBeGreaterThan(used("p2"));
    say(["p2", null, { following: "person-b", viewport: [1, 1, 9, 9] }]);
    say(["p2", null, { availability: "idle" }], ["p2", null, { viewport: [2, 1, 9, 9] }]);
    expect(used("p1")).toBeGreaterThan(used("p2"));
    say(["p2", null, { following: "", viewport: [3, 1, 9, 9] }]);
    expect(used("p2")).toBeGreaterThan(used("p1"));
  });
});
