import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Commit, type Op, PROPERTIES, type Props } from "../generated/protocol";
import { History } from "../history/history";
import { square, world } from "../sync/testing/small_world";
import { picture } from "../sync/testing/world";
import { report, sized } from "../testing/sized";

/** Undo over a connection that comes and goes. */

const CASES = sized(500, 2000);
const IDS = ["a", "b", "c"] as const;
const UNDO = "undo";
/** Both directions of the network, twice. */
const SETTLED_MS = 100;
/** The longest pause before an attempt, and a while. */
const BACK_MS = 12_000;

type Move =
  | { readonly kind: "edit"; readonly by: "ann" | "bob"; readonly op: Op }
  | { readonly kind: "undo" | "redo" | "cut" | "heal" };

const id = fc.constantFrom(...IDS);
const props: fc.Arbitrary<Props> = fc.oneof(
  fc.record({ color: fc.constantFrom("#e03131", "#2f9e44", "#1971c2") }),
  fc.record({ opacity: fc.constantFrom(0.2, 0.6, 1) }),
);
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 2, arbitrary: id.map(square) },
  { weight: 1, arbitrary: id.map((each): Op => ["delete", each]) },
  { weight: 5, arbitrary: fc.tuple(id, props).map(([each, set]): Op => ["set", each, set]) },
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: op.map((each): Move => ({ kind: "edit", by: "ann", op: each })) },
  { weight: 2, arbitrary: op.map((each): Move => ({ kind: "edit", by: "bob", op: each })) },
  { weight: 3, arbitrary: fc.constantFrom<Move>({ kind: "undo" }, { kind: "redo" }) },
  { weight: 2, arbitrary: fc.constantFrom<Move>({ kind: "cut" }, { kind: "heal" }) },
);

/** Two people; Ann's steps can be undone and her connection cut. */
function desk() {
  const { server, clock, page } = world();
  const [ann, bob] = [page("ann"), page("bob")];
  const history = new History(ann.replica);
  ann.replica.subscribe((changes, cause, touched) => {
    if (cause === "refused") history.rolledBack(changes);
    else if (cause !== "own") history.noticed(changes, touched);
  });
  for (const { client } of [ann, bob]) client.start();
  clock.advance(SETTLED_MS);
  let gestures = 0;
  const play = (each: Move) => {
    const before = picture(ann.replica.elements());
    const { network } = ann;
    if (each.kind === "edit") {
      const gesture = `g${gestures++}`;
      if (each.by === "ann") history.edit([each.op], gesture);
      else bob.replica.edit([each.op], gesture);
    } else if (each.kind === "cut") {
      network.unreachable = true;
      network.wire?.cut();
    } else if (each.kind === "heal") {
      network.unreachable = false;
      clock.advance(BACK_MS);
    } else {
      const touched = each.kind === "undo" ? history.undo(UNDO) : history.redo(UNDO);
      // Offline too, it is seen at once or there was nothing to take back.
      expect(picture(ann.replica.elements()) === before).toBe(touched.length === 0);
    }
    clock.advance(SETTLED_MS);
  };
  const stored = () => picture([...server.elements.values()].map(({ element }) => element));
  return { server, history, ann, bob, play, stored };
}

describe("a person who is offline now and then", () => {
  test("S8 n undos and n redos of offline edits leave the board as it was, here and on the server", () => {
    const script = fc.tuple(fc.array(move, { maxLength: 30 }), fc.nat(30), fc.boolean());
    fc.assert(
      fc.property(script, ([moves, n, isHealed]) => {
        const { history, ann, play, stored } = desk();
        play({ kind: "cut" });
        for (const each of moves) if (each.kind !== "edit" || each.by === "ann") play(each);
        play({ kind: isHealed ? "heal" : "cut" });
        const before = picture(ann.replica.elements());
        let back = 0;
        while (back < n && history.undo(UNDO).length > 0) back++;
        for (let i = 0; i < back; i++) history.redo(UNDO);
        expect(picture(ann.replica.elements())).toBe(before);
        play({ kind: "heal" });
        expect([ann.replica.pending, stored()]).toEqual([0, before]);
        while (history.canUndo.value) history.undo(UNDO);
        play({ kind: "heal" });
        expect([ann.replica.size, stored()]).toEqual([0, ""]);
      }),
      { numRuns: CASES },
    );
    report("S8", "undo of offline edits", { cases: CASES, violations: 0 });
  });

  test("S8 undo takes back nothing that somebody else wrote, whatever was offline in between", () => {
    let undone = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 40 }), (moves) => {
        const { server, ann, bob, play, stored } = desk();
        const writers = new Writers();
        for (const each of moves) {
          const isSettled = ann.client.state.value === "live" && ann.replica.pending === 0;
          writers.follow(server.history);
          play(each);
          if (isSettled && (each.kind === "undo" || each.kind === "redo")) {
            undone += writers.check(server.history);
          }
        }
        play({ kind: "heal" });
        expect(picture(ann.replica.elements())).toBe(stored());
        expect(picture(bob.replica.elements())).toBe(stored());
      }),
      { numRuns: CASES },
    );
    expect(undone).toBeGreaterThan(CASES / 10);
    report("S8", "undo among others, offline now and then", {
      cases: CASES,
      undone,
      violations: 0,
    });
  });
});

type Log = readonly Commit[];

/** Who wrote each property last, by the log. */
class Writers {
  readonly #last = new Map<string, string>();
  readonly #there = new Set<string>();
  #seen = 0;

  follow(log: Log): void {
    for (const [, , person, , , gesture, ops] of log.slice(this.#seen)) {
      for (const each of ops) this.#apply(each, person, gesture === UNDO);
    }
    this.#seen = log.length;
  }

  /** Of what was committed since: each property set was this person's own. Returns how many. */
  check(log: Log): number {
    let count = 0;
    for (const [, , person, , , , ops] of log.slice(this.#seen)) {
      for (const each of ops) {
        if (each[0] !== "set") continue;
        for (const name of Object.keys(each[2])) {
          expect(this.#last.get(`${each[1]}.${name}`), `${each[1]}.${name}`).toBe(person);
          count++;
        }
      }
    }
    return count;
  }

  #apply(op: Op, person: string, isUndo: boolean): void {
    if (op[0] === "title") return;
    const id = op[0] === "put" ? op[1].id : op[1];
    const isThere = this.#there.has(id);
    if (op[0] === "delete") this.#there.delete(id);
    else if (op[0] === "set") {
      if (isThere) this.#note(id, Object.keys(op[2]), person);
    } else if (!isThere) {
      this.#there.add(id);
      // What an undo brings back is as those left it who wrote it.
      if (!isUndo) this.#note(id, PROPERTIES[op[1].type], person);
    }
  }

  #note(id: string, names: readonly string[], person: string): void {
    for (const name of names) this.#last.set(`${id}.${name}`, person);
  }
}
