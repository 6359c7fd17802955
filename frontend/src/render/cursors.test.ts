import { describe, expect, it } from "vitest";
import { Cursors, type OverlayCursor } from "./cursors";

function cursor(person: string, presence = 1): OverlayCursor {
  return { person, at: { x: 1, y: 2 }, name: person, colour: "#aa0000", presence };
}

const alphas = (cursors: Cursors, now: number) =>
  cursors.at(now).seen.map(([{ person }, alpha]) => [person, alpha]);

describe("other people's pointers", () => {
  it("fade when their person leaves, and are forgotten then", () => {
    const cursors = new Cursors();
    cursors.set([cursor("ana"), cursor("ben")], 0);
    expect(cursors.at(0).fades).toBe(false);
    cursors.set([cursor("ben")], 5000);
    expect(alphas(cursors, 5100)).toEqual([
      ["ana", 0.75],
      ["ben", 1],
    ]);
    expect(cursors.at(5100).fades).toBe(true);
    expect(alphas(cursors, 5400)).toEqual([["ben", 1]]);
    expect(cursors.at(5400).fades).toBe(false);
    expect(cursors.size).toBe(1);
  });

  it("fade to what is left of the idle, and are back at once", () => {
    const cursors = new Cursors();
    cursors.set([cursor("ana")], 0);
    cursors.set([cursor("ana", 0.4)], 1000);
    expect(alphas(cursors, 1120)).toEqual([["ana", 0.7]]);
    expect(alphas(cursors, 2000)).toEqual([["ana", 0.4]]);
    cursors.set([cursor("ana")], 2000);
    expect(alphas(cursors, 2000)).toEqual([["ana", 1]]);
  });

  it("of the away are not seen", () => {
    const cursors = new Cursors();
    cursors.set([cursor("ana", 0)], 0);
    expect(alphas(cursors, 0)).toEqual([]);
    expect(cursors.at(0).fades).toBe(false);
  });
});
