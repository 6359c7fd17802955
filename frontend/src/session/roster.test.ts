import { describe, expect, it } from "vitest";
import { ManualClock } from "../sync/testing/manual_clock";
import type { Person } from "../ui/board/board_model";
import { peopleOf } from "./people";
import { LEAVING_MS, Roster } from "./roster";
import { peerView } from "./testing/peer";

const ME = { person: "me", name: "Me", color: "#000000" };

function list() {
  const clock = new ManualClock();
  let shown: readonly Person[] = [];
  const roster = new Roster(clock, (people) => {
    shown = people;
  });
  const here = (...people: string[]) =>
    roster.set(
      peopleOf(
        people.map((each) => peerView(each, each)),
        ME,
        "editor",
      ),
    );
  const names = () => shown.map(({ name, isLeaving }) => (isLeaving ? `(${name})` : name));
  return { clock, here, names };
}

describe("the list of people", () => {
  it("shows for a moment that somebody leaves", () => {
    const { clock, here, names } = list();
    here("ben", "ana");
    expect(names()).toEqual(["ana", "ben", "Me"]);
    here("ben");
    expect(names()).toEqual(["(ana)", "ben", "Me"]);
    clock.advance(LEAVING_MS);
    expect(names()).toEqual(["ben", "Me"]);
  });

  it("does not blink when somebody connects anew", () => {
    const { clock, here, names } = list();
    here("ana");
    here();
    here("ana");
    expect(names()).toEqual(["ana", "Me"]);
    clock.advance(LEAVING_MS);
    expect(names()).toEqual(["ana", "Me"]);
  });
});
