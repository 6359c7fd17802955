import { describe, expect, test } from "vitest";
import type { PeerView } from "../sync/peers";
import { peopleOf, shownPeers } from "./people";
import { peerView } from "./testing/peer";

const me = { person: "me-person", name: "Calm Otter", color: "#123456" };

const peer = (id: string, person: string, name: string, said: Partial<PeerView> = {}) =>
  peerView(id, person, { name, ...said });

describe("the people on a board", () => {
  test("one person with two windows is one person", () => {
    const people = peopleOf([peer("1", "ana", "Ana"), peer("2", "ana", "Ana")], me, "editor");
    expect(people.map(({ name, windows }) => [name, windows])).toEqual([
      ["Ana", 2],
      ["Calm Otter", 1],
    ]);
  });

  test("one's own second window is not somebody else", () => {
    const people = peopleOf([peer("1", me.person, me.name)], me, "owner");
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ isMe: true, windows: 2, role: "owner" });
  });

  test("others stand in the order of their names, oneself last", () => {
    const people = peopleOf([peer("1", "z", "Zoe"), peer("2", "a", "ana")], me, "editor");
    expect(people.map(({ name }) => name)).toEqual(["ana", "Zoe", "Calm Otter"]);
  });

  test("has the name of the window used last, the best of all availabilities, and draws with any", () => {
    const { inks } = peer("0", "x", "x", { inks: new Map([["s", {} as never]]) });
    const windows = [
      peer("1", "ana", "Ana", { used: 1, availability: "idle", inks }),
      peer("2", "ana", "Anna", { used: 2, availability: "away", following: "ben" }),
    ];
    expect(peopleOf(windows, me, "editor")[0]).toMatchObject({
      name: "Anna",
      availability: "idle",
      isDrawing: true,
      following: "ben",
    });
    expect(peopleOf(windows.slice(1), me, "editor")[0]).toMatchObject({ availability: "away" });
  });

  test("have one cursor and one selection each, those of the window used last; one's own has none", () => {
    const at = { cursor: [1, 2], selection: ["a"] } as const;
    const shown = shownPeers(
      [
        peer("1", "ana", "Ana", { ...at, used: 1, moves: new Map([["a", [0, 0, 1, 1, 0]]]) }),
        peer("2", "ana", "Ana", { ...at, used: 2 }),
        peer("3", me.person, me.name, { ...at, used: 3 }),
      ],
      me.person,
    );
    expect(shown.map(({ cursor, selection }) => [cursor, selection])).toEqual([
      [null, []],
      [[1, 2], ["a"]],
      [null, []],
    ]);
    expect(shown[0]?.moves.size).toBe(1);
  });
});
