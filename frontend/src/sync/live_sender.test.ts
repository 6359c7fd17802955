import { describe, expect, it } from "vitest";
import { MAX_INK_BYTES } from "../generated/limits";
import type { Ink, LiveState, WireElement } from "../generated/protocol";
import { LIVE_MS, LiveSender } from "./live_sender";

const stroke = (id: string): WireElement => ({
  type: "freedraw",
  id,
  place: [0, 0, 1, 1, 0],
  z: "a0",
  points: new Uint8Array(0),
});

const first = (id: string, ...bytes: number[]): Ink => ({
  id,
  offset: 0,
  data: new Uint8Array(bytes),
  element: stroke(id),
});

const more = (id: string, offset: number, ...bytes: number[]): Ink => ({
  id,
  offset,
  data: new Uint8Array(bytes),
});

function take(sender: LiveSender, now: number): LiveState | null {
  return sender.take(now);
}

describe("what a person does right now", () => {
  it("[L1] goes out at once, then at most sixty times a second, the newest of each", () => {
    const sender = new LiveSender();
    sender.add({ cursor: [1, 1], tool: "pen" });
    expect(take(sender, 1000)).toEqual({ cursor: [1, 1], tool: "pen" });
    sender.add({ cursor: [2, 2] });
    sender.add({ cursor: [3, 3], selection: ["a"] });
    expect(take(sender, 1000 + LIVE_MS - 1)).toBeNull();
    expect(sender.wakeAt()).toBe(1000 + LIVE_MS);
    expect(take(sender, 1000 + LIVE_MS)).toEqual({ cursor: [3, 3], selection: ["a"] });
    expect(sender.wakeAt()).toBeNull();
    expect(take(sender, 2000)).toBeNull();
  });

  it("[L2] appends ink in order, with its element at its first byte only", () => {
    const sender = new LiveSender();
    sender.add({ ink: [first("s", 3, 4, 1)] });
    sender.add({ ink: [more("s", 3, 2, 5)] });
    expect(take(sender, 0)?.ink).toEqual([first("s", 3, 4, 1, 2, 5)]);
    sender.add({ ink: [more("s", 5, 6)] });
    sender.add({ ink: [more("s", 6, 7)] });
    expect(take(sender, 100)?.ink).toEqual([more("s", 5, 6, 7)]);
  });

  it("[L2] goes again from the first byte over a new connection, while it is being drawn", () => {
    const sender = new LiveSender();
    sender.add({ cursor: [1, 2], ink: [first("s", 3, 4), first("done", 1), first("gone", 1)] });
    take(sender, 0);
    sender.add({ ink: [more("s", 2, 5)], ended: ["gone"] });
    sender.committed("done");
    sender.begin();
    expect(take(sender, 100)).toEqual({ cursor: [1, 2], ink: [first("s", 3, 4, 5)] });
  });

  it("[L3] of a stroke that is given up tells so, if anybody has seen it", () => {
    const sender = new LiveSender();
    sender.add({ ink: [first("seen", 1)] });
    take(sender, 0);
    sender.add({ ink: [first("unseen", 1)], ended: ["seen", "unseen", "unheard-of"] });
    expect(take(sender, 100)).toEqual({ ended: ["seen"] });
  });

  it("[L6] stays small: a long stroke goes in pieces", () => {
    const sender = new LiveSender();
    const bytes = Array.from({ length: 40_000 }, (_, i) => i % 100);
    sender.add({ ink: [first("s", ...bytes), first("t", 1, 2)] });
    const pieces: Ink[] = [];
    for (let now = 0; sender.wakeAt() !== null; now += 100) {
      const { ink = [] } = take(sender, now) ?? {};
      const size = ink.reduce((sum, { data }) => sum + data.length, 0);
      expect(size).toBeLessThanOrEqual(MAX_INK_BYTES);
      pieces.push(...ink);
    }
    const all = pieces.filter(({ id }) => id === "s").flatMap(({ data }) => [...data]);
    expect(all).toEqual(bytes);
    expect(pieces.filter(({ id }) => id === "t").flatMap(({ data }) => [...data])).toEqual([1, 2]);
  });

  it("passes over ink that does not fit what came before", () => {
    const sender = new LiveSender();
    sender.add({ ink: [more("unknown", 4, 1), first("s", 1, 2)] });
    sender.add({ ink: [more("s", 9, 1)] });
    expect(take(sender, 0)?.ink).toEqual([first("s", 1, 2)]);
  });

  it("clears what others see with empty lists", () => {
    const sender = new LiveSender();
    sender.add({ selection: ["a"], moves: [["a", [0, 0, 1, 1, 0]]], drafts: [stroke("d")] });
    take(sender, 0);
    sender.add({ selection: [], moves: [], drafts: [] });
    expect(take(sender, 100)).toEqual({ selection: [], moves: [], drafts: [] });
  });

  it("[L1] shows the end of a drag only when the edit it ended with is confirmed, or after a second", () => {
    let pending = true;
    const sender = new LiveSender(() => pending);
    sender.add({ moves: [["a", [0, 0, 1, 1, 0]]] });
    expect(take(sender, 0)).toEqual({ moves: [["a", [0, 0, 1, 1, 0]]] });
    sender.add({ moves: [], drafts: [], cursor: [1, 2] });
    expect(take(sender, 100)).toEqual({ cursor: [1, 2] });
    expect(take(sender, 200)).toBeNull();
    expect(sender.wakeAt()).toBe(1100);
    pending = false;
    expect(take(sender, 300)).toEqual({ moves: [], drafts: [] });
    expect(sender.wakeAt()).toBeNull();
    pending = true;
    sender.add({ moves: [] });
    expect(take(sender, 1000)).toBeNull();
    expect(take(sender, 2000)).toEqual({ moves: [] });
  });

  it("[L8] [L9] [L10] [L11] repeats to a new connection what is still so", () => {
    const sender = new LiveSender();
    const laser = { trail: 1, first: 0, points: new Uint8Array([2, 3]) };
    sender.add({ laser, spotlight: 5, following: "person-b", availability: "idle" });
    const all = { laser, spotlight: 5, following: "person-b", availability: "idle" };
    expect(take(sender, 0)).toEqual(all);
    sender.add({ spotlight: 0 });
    sender.begin();
    expect(take(sender, 100)).toEqual({ ...all, spotlight: 0 });
  });
});
