import { describe, expect, it } from "vitest";
import { resolve } from "../document/wire_element";
import type { Element, Place } from "../generated/protocol";
import { cursorsOf, outlinesOf, type RemoteLive } from "./remote";

function peer(person: string, said: Partial<RemoteLive> = {}): RemoteLive {
  return {
    peer: person,
    person,
    name: person,
    color: "#aa0000",
    cursor: null,
    selection: [],
    inks: new Map(),
    drafts: [],
    moves: new Map(),
    laser: null,
    availability: "active",
    ...said,
  };
}

function boxAt(id: string, x: number): Element {
  return resolve({ type: "rectangle", id, place: [x, 0, 10, 10, 0], z: "a0" });
}

const scene = {
  get: (id: string) => (id.startsWith("e") ? boxAt(id, Number(id.slice(1))) : undefined),
};
const lefts = (peers: RemoteLive[]) =>
  outlinesOf(peers, scene).map(({ name, rings }) => [name, rings.map(([first]) => first?.x)]);

describe("what others have selected", () => {
  it("has their name and an outline for each element, where it is dragged right now", () => {
    const moves = new Map<string, Place>([["e5", [500, 0, 10, 10, 0]]]);
    const ana = peer("ana", { selection: ["e1", "e5", "gone"], moves });
    expect(lefts([ana, peer("ben"), peer("cleo", { selection: ["gone"] })])).toEqual([
      ["ana", [1, 500]],
    ]);
    const grown = peer("ben", { selection: ["e1"], drafts: [boxAt("e1", -7)] });
    expect(lefts([grown])).toEqual([["ben", [-7]]]);
  });

  it("is one box when it is much, for one person or for all together", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `e${i}`);
    const [much] = outlinesOf([peer("ana", { selection: many(61) })], scene);
    expect(much?.rings).toEqual([
      [
        { x: 0, y: 0 },
        { x: 70, y: 0 },
        { x: 70, y: 10 },
        { x: 0, y: 10 },
      ],
    ]);
    const all = Array.from({ length: 500 }, (_, i) => peer(`p${i}`, { selection: many(60) }));
    const rings = outlinesOf(all, scene).flatMap((outline) => outline.rings);
    expect(rings.length).toBeLessThanOrEqual(600 + 500);
  });
});

describe("pointers of others", () => {
  it("are seen less of the idle and not of the away", () => {
    const peers = (["active", "idle", "away"] as const).map((availability) =>
      peer(availability, { cursor: [1, 2], availability }),
    );
    expect(cursorsOf([...peers, peer("nowhere")]).map(({ presence }) => presence)).toEqual([
      1, 0.4, 0,
    ]);
  });
});
