import { describe, expect, test } from "vitest";
import type { PeerView } from "../sync/peers";
import { peopleOf } from "./people";

const me = { person: "me-person", name: "Calm Otter", color: "#123456" };

function peer(id: string, person: string, name: string): PeerView {
  return {
    peer: id,
    person,
    name,
    color: "#aa0000",
    role: "editor",
    cursor: null,
    selection: [],
    viewport: null,
    tool: null,
    inks: new Map(),
    drafts: [],
    moves: new Map(),
  };
}

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
});
