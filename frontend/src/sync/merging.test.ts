import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../document/canonical";
import { isEmpty } from "../document/change_recorder";
import type { ChangeSet } from "../document/change_set";
import { resolve, sameElement } from "../document/wire_element";
import {
  type Commit,
  type Element,
  type Merged,
  type Op,
  PROPERTIES,
  TAG,
  type WireElement,
} from "../generated/protocol";
import { Dice } from "../testing/dice";
import { vectors } from "../testing/vectors";
import { Replica } from "./replica";
import { MemoryJournal } from "./testing/memory_journal";
import { mergeOf } from "./testing/merge";

interface Case {
  readonly start: readonly WireElement[];
  readonly commits: readonly Commit[];
  /** Null stands for a commit that no merge can hold. */
  readonly merged: readonly (Merged | null)[];
  readonly digest: string;
  readonly title: string;
}

const { cases } = vectors<{ cases: readonly Case[] }>("merging");

function begin({ start }: Case): Replica {
  const confirmed = { epoch: "e", seq: 0, title: "before", elements: start.map(resolve) };
  return new Replica({ journal: new MemoryJournal(), confirmed });
}

describe("merged commits", () => {
  it("[M1] come to what the commits come to", () => {
    let many = 0;
    for (const each of cases) {
      const replica = begin(each);
      for (const merged of each.merged) {
        const at = replica.position?.seq ?? 0;
        if (merged === null) expect(replica.receive(each.commits.slice(at, at + 1))).toBe(true);
        else expect(replica.merged(merged)).toBe(true);
        if (merged !== null && merged[2] > merged[1]) many++;
      }
      expect(replica.position?.seq).toBe(each.commits.length);
      expect(digestOf(replica.elements())).toBe(each.digest);
      expect(replica.title).toBe(each.title);
    }
    expect(many).toBeGreaterThan(25);
  });

  it("[M2] come to the same for who has some of the first of them", () => {
    for (const each of cases) {
      for (let known = 1; known <= each.commits.length; known++) {
        const replica = begin(each);
        replica.receive(each.commits.slice(0, known));
        for (const merged of each.merged) {
          const at = replica.position?.seq ?? 0;
          if (merged !== null) expect(replica.merged(merged)).toBe(true);
          else replica.receive(each.commits.slice(0, at + 1));
        }
        expect(digestOf(replica.elements())).toBe(each.digest);
        expect(replica.title).toBe(each.title);
      }
    }
  });

  it("[M2] are refused where they leave a gap", () => {
    const replica = new Replica({ journal: new MemoryJournal() });
    expect(replica.merged([20, 1, 2, [], []])).toBe(false);
    const known = begin(cases[0] as Case);
    expect(known.merged([20, 2, 3, [], []])).toBe(false);
    expect(known.position?.seq).toBe(0);
  });

  it("[M3] are made by the model server as by the real one", () => {
    for (const each of cases) {
      let at = 0;
      for (const merged of each.merged) {
        const made = mergeOf(each.commits.slice(at));
        expect(made).toEqual(merged);
        at = made === null ? at + 1 : made[2];
      }
    }
  });
});

describe("a merged commit", () => {
  it("[M3] of one's own edits is not told as somebody else's, and confirms them", () => {
    const page = new Page();
    page.replica.edit([["set", "a", { color: COLORS[0] }]], "g1");
    page.replica.edit([["set", "a", { color: COLORS[1] }]], "g2");
    const [first] = page.replica.pushes.entries;
    page.told = [];
    const op: Op = ["set", "a", { color: COLORS[1] }];
    expect(page.replica.merged([20, 1, 2, [[first?.cid ?? "", 2]], [[op, [0]]]])).toBe(true);
    expect([page.replica.pending, page.told]).toEqual([0, []]);
  });

  it("[C6] [M2] leaves alone what was read from the store after its last", () => {
    const { replica } = new Page();
    const square = { type: "rectangle", id: "a", place: [0, 0, 1, 1, 0], z: "a0" } as const;
    replica.reset([TAG.reset, "e", 3, "", 1]);
    replica.page([TAG.page, [[7, { ...square, color: COLORS[0] }, null, null]]]);
    replica.ready([TAG.ready, "e", 3]);
    const op: Op = ["set", "a", { color: COLORS[1] }];
    replica.merged([20, 4, 7, [["somebody", 4]], [[op, [0]]]]);
    expect(replica.get("a")).toMatchObject({ color: COLORS[0] });
    replica.merged([20, 8, 9, [["somebody", 6]], [[op, [0]]]]);
    expect(replica.get("a")).toMatchObject({ color: COLORS[1] });
  });
});

const IDS = ["a", "b"] as const;
const COLORS = ["#ff0000", "#00ff00"] as const;

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...IDS).map(square) },
  { weight: 1, arbitrary: fc.constantFrom(...IDS).map((id): Op => ["delete", id]) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...IDS),
        fc.oneof(
          fc.record({ color: fc.constantFrom(...COLORS) }),
          fc.record({ opacity: fc.constantFrom(0.5, 1) }),
          fc.record({ color: fc.constantFrom(...COLORS), opacity: fc.constantFrom(0.5, 1) }),
        ),
      )
      .map(([id, props]): Op => ["set", id, props]),
  },
);

/** I edit, a push of mine is stored, somebody else's is, or what is stored arrives. */
const move = fc.oneof(
  fc.record({ kind: fc.constantFrom("edit" as const, "other" as const), op }),
  fc.record({ kind: fc.constantFrom("store" as const, "arrive" as const) }),
);

function square(id: string): Op {
  return ["put", { type: "rectangle", id, place: [0, 0, 1, 1, 0], z: "a0" }];
}

type Touched = ReadonlyMap<string, ReadonlySet<string>>;

/** A page and what it was told. */
class Page {
  readonly replica: Replica;
  told: { readonly changes: ChangeSet; readonly touched: Touched }[] = [];

  constructor() {
    const elements = IDS.map((id) => resolve((square(id) as ["put", WireElement])[1]));
    const confirmed = { epoch: "e", seq: 0, title: "", elements };
    const journal = new MemoryJournal();
    this.replica = new Replica({ journal, random: new Dice(1).next, confirmed });
    this.replica.subscribe((changes, _cause, touched = new Map()) => {
      this.told.push({ changes, touched });
    });
  }

  get view(): Element[] {
    return [...this.replica.elements()].sort(byId);
  }

  get changes(): ChangeSet[] {
    return this.told
      .map(({ changes: { added, updated, removed } }) => ({
        added: added.toSorted(byId),
        updated: updated
          .filter(({ before, after }) => !sameElement(before, after))
          .toSorted((one, other) => byId(one.after, other.after)),
        removed: removed.toSorted(byId),
      }))
      .filter((changes) => !isEmpty(changes));
  }

  touched(id: string): string[] {
    return this.told.flatMap(({ touched }) => [...(touched.get(id) ?? [])]).sort();
  }
}

describe("a page that gets commits merged", () => {
  it("[M3] is told of others' edits as if they had come one by one, so undo keeps off them", () => {
    let shared = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 40 }), (moves) => {
        const [plain, merged] = [new Page(), new Page()];
        const log: Commit[] = [];
        let stored = 0;
        const arrive = () => {
          for (let at = merged.replica.position?.seq ?? 0; at < log.length; ) {
            const frame = mergeOf(log.slice(at));
            const commits = log.slice(at, frame?.[2] ?? at + 1);
            at += commits.length;
            for (const page of [plain, merged]) page.told = [];
            const shown = new Set(merged.view.map(({ id }) => id));
            plain.replica.receive(commits);
            if (frame === null) merged.replica.receive(commits);
            else merged.replica.merged(frame);
            expect(merged.view).toEqual(plain.view);
            expect(merged.replica.pending).toBe(plain.replica.pending);
            expect(merged.changes).toEqual(plain.changes);
            const gone = new Set(commits.flatMap(([, , , , , , ops]) => deletedBy(ops)));
            for (const id of IDS) {
              if (!gone.has(id)) expect(merged.touched(id)).toEqual(plain.touched(id));
              else if (shown.has(id) && isBackByOthers(commits, id)) {
                expect(merged.touched(id)).toEqual([...PROPERTIES.rectangle].sort());
              }
              shared += merged.touched(id).length;
            }
          }
        };
        for (const made of moves) {
          const [cid, n] = ["somebody", log.length + 1] as const;
          if (made.kind === "edit") {
            for (const { replica } of [plain, merged]) replica.edit([made.op], `g${log.length}`);
          } else if (made.kind === "other")
            log.push([log.length + 1, 0, "", cid, n, "", [made.op]]);
          else if (made.kind === "arrive") arrive();
          else {
            const mine = merged.replica.pushes.entries.find((entry) => entry.n > stored);
            if (mine === undefined) continue;
            stored = mine.n;
            log.push([log.length + 1, 0, "", mine.cid, mine.n, mine.gesture, mine.ops]);
          }
        }
        arrive();
      }),
      { numRuns: 1000 },
    );
    // The test would say nothing if hardly anything had been touched.
    expect(shared).toBeGreaterThan(1000);
  });
});

function byId(one: Element, other: Element): number {
  return one.id < other.id ? -1 : 1;
}

function deletedBy(ops: readonly Op[]): string[] {
  return ops.flatMap((each) => (each[0] === "delete" ? [each[1]] : []));
}

/** Whether the last thing of its life is that somebody else put it, after it was deleted. */
function isBackByOthers(commits: readonly Commit[], id: string): boolean {
  let putBy: string | null = null;
  let deleted = false;
  for (const [, , , cid, , , ops] of commits) {
    for (const each of ops) {
      if (each[0] === "delete" && each[1] === id) [putBy, deleted] = [null, true];
      else if (each[0] === "put" && each[1].id === id && deleted) putBy ??= cid;
    }
  }
  return putBy === "somebody";
}
