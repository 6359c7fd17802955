import { describe, expect, it } from "vitest";
import { TAG, type WireElement } from "../generated/protocol";
import { opsToward } from "../history/targets";
import { NO_JOURNAL } from "../sync/journal";
import { Replica } from "../sync/replica";
import type { Rewind } from "../sync/replica_events";
import { lostTargets } from "./lost_targets";

const box = (id: string, x = 0): WireElement =>
  ({ type: "rectangle", id, place: [x, 0, 10, 10, 0], z: "a0" }) as WireElement;

function load(replica: Replica, boxes: readonly WireElement[], epoch: string, seq: number): void {
  replica.reset([TAG.reset, epoch, seq, "", boxes.length]);
  replica.page([TAG.page, boxes.map((each) => [seq, each, null, null] as const)]);
  replica.ready([TAG.ready, epoch, seq]);
}

/** A board with `before` on it, and what the server has of it then. */
function rewound(
  before: readonly WireElement[],
  after: readonly WireElement[],
  to: [string, number],
) {
  const replica = new Replica({ journal: NO_JOURNAL });
  load(replica, before, "e1", 9);
  const seen: Rewind[] = [];
  replica.onRewound((rewind) => seen.push(rewind));
  load(replica, after, ...to);
  const [rewind] = seen;
  if (rewind === undefined) return [];
  return opsToward(lostTargets(rewind, replica), (id) => replica.get(id));
}

describe("what a restored server lacks", () => {
  it("is put back where the server is older: what is missing, and what is different", () => {
    const ops = rewound([box("a"), box("b", 5), box("c")], [box("a"), box("b", 0)], ["e1", 4]);
    expect(ops).toEqual([
      ["set", "b", { place: [5, 0, 10, 10, 0] }],
      ["put", box("c")],
    ]);
  });

  it("in another history that is not older, is only what is missing: others may have changed the rest", () => {
    const ops = rewound([box("a"), box("b", 5), box("c")], [box("a"), box("b", 0)], ["e2", 40]);
    expect(ops).toEqual([["put", box("c")]]);
  });

  it("is never deleted: what came back with the backup stays", () => {
    expect(rewound([box("a")], [box("a"), box("deleted")], ["e1", 4])).toEqual([]);
  });

  it("is nothing where the history went on", () => {
    expect(rewound([box("a")], [], ["e1", 12])).toEqual([]);
  });
});
