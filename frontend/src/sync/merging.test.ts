import { describe, expect, it } from "vitest";
import { digestOf } from "../document/canonical";
import { resolve } from "../document/wire_element";
import type { Commit, Merged, WireElement } from "../generated/protocol";
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
