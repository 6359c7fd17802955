import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BoardDocument } from "../document/document";
import { sameValue } from "../document/same_value";
import {
  type Element,
  type Op,
  PROPERTIES,
  type Props,
  type WireElement,
} from "../generated/protocol";
import { History } from "./history";

/**
 * Rule 1: n undos and then n redos leave the board as it was if nobody else acts.
 * Rule 2: no undo or redo changes a value that somebody else wrote later.
 * Rule 3: neither throws, whatever others deleted.
 */

const CASES = 2000;
const IDS = ["a", "b", "c"] as const;
const COLORS = ["#ff0000", "#00ff00", "#0000ff"] as const;

type Act =
  | { readonly kind: "put"; readonly id: string; readonly color: string }
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "set"; readonly ids: readonly string[]; readonly props: Props };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      id: fc.constantFrom(...IDS),
      color: fc.constantFrom(...COLORS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("delete" as const), id: fc.constantFrom(...IDS) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("set" as const),
      ids: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 2 }),
      props: fc.oneof(
        fc.record({ color: fc.constantFrom(...COLORS) }),
        fc.record({ opacity: fc.constantFrom(0.2, 0.5, 1) }),
        fc.record({ color: fc.constantFrom(...COLORS), strokeWidth: fc.constantFrom(1, 2, 4) }),
      ),
    }),
  },
);

function opsOf(acted: Act): Op[] {
  if (acted.kind === "delete") return [["delete", acted.id]];
  if (acted.kind === "set") return acted.ids.map((id) => ["set", id, acted.props]);
  const { id, color } = acted;
  return [
    ["put", { type: "rectangle", id, place: [0, 0, 1, 1, 0], z: "a0", color } as WireElement],
  ];
}

function picture(document: BoardDocument): unknown {
  return [...document.elements()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe("one person alone", () => {
  test("S8 n undos and n redos leave the board as it was", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.nat(40), (acts, n) => {
        const document = new BoardDocument();
        const history = new History({
          title: "",
          get: (id) => document.get(id),
          edit: (ops) => void document.apply(ops),
        });
        acts.forEach((acted, i) => {
          history.edit(opsOf(acted), `${i}`);
        });
        const before = picture(document);
        for (let i = 0; i < n; i++) history.undo("u");
        for (let i = 0; i < n; i++) history.redo("r");
        expect(picture(document)).toEqual(before);
        // And all the way down there is nothing, all the way up everything.
        while (history.canUndo.value) history.undo("u");
        expect(document.size).toBe(0);
        while (history.canRedo.value) history.redo("r");
        expect(picture(document)).toEqual(before);
      }),
      { numRuns: CASES },
    );
  });
});

type Move =
  | { readonly kind: "act"; readonly person: number; readonly act: Act }
  | { readonly kind: "undo" | "redo"; readonly person: number };

const PEOPLE = 3;
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("act" as const), person: fc.nat(PEOPLE - 1), act }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("undo" as const, "redo" as const),
      person: fc.nat(PEOPLE - 1),
    }),
  },
);

/** A shared board that knows who wrote each value last. */
class Witness {
  readonly document = new BoardDocument();
  readonly people: History[] = [];
  readonly #writer = new Map<string, number>();
  /** Whoever brought an element into being, or back, and has not been answered since. */
  readonly #bringer = new Map<string, number>();
  /** Who had written what of an element that is gone, for when it comes back as it was. */
  readonly #graves = new Map<
    string,
    { readonly element: Element; readonly writers: Map<string, number> }
  >();
  travelling = false;
  travels = 0;

  constructor() {
    for (let person = 0; person < PEOPLE; person++) {
      this.people.push(
        new History({
          title: "",
          get: (id) => this.document.get(id),
          edit: (ops) => this.#edit(person, ops),
        }),
      );
    }
  }

  #edit(person: number, ops: readonly Op[]): void {
    const changes = this.document.apply(ops);
    for (const { before, after } of changes.updated) {
      for (const name of PROPERTIES[after.type]) {
        if (sameValue(propertyOf(before, name), propertyOf(after, name))) continue;
        this.#mayTouch(person, `${after.id}.${name}`);
        this.#writer.set(`${after.id}.${name}`, person);
        if (this.#bringer.get(after.id) !== person) this.#bringer.delete(after.id);
      }
    }
    for (const element of changes.removed) {
      const writers = new Map<string, number>();
      for (const name of PROPERTIES[element.type]) {
        // To undo one's own undo of a delete takes away what others had written before that delete.
        const mine = this.#bringer.get(element.id) === person;
        if (!mine) this.#mayTouch(person, `${element.id}.${name}`);
        writers.set(name, this.#writer.get(`${element.id}.${name}`) ?? person);
      }
      this.#graves.set(element.id, { element, writers });
    }
    for (const element of changes.added) {
      const grave = this.#graves.get(element.id);
      this.#bringer.set(element.id, person);
      for (const name of PROPERTIES[element.type]) {
        const asItWas =
          this.travelling &&
          sameValue(grave && propertyOf(grave.element, name), propertyOf(element, name));
        const writer = asItWas ? grave?.writers.get(name) : undefined;
        this.#writer.set(`${element.id}.${name}`, writer ?? person);
      }
    }
    this.people.forEach((history, other) => {
      if (other !== person) history.noticed(changes);
    });
  }

  #mayTouch(person: number, key: string): void {
    if (!this.travelling) return;
    this.travels++;
    const writer = this.#writer.get(key);
    if (writer !== person) {
      throw new Error(`person ${person} took back ${key}, which person ${writer} wrote`);
    }
  }
}

function propertyOf(element: Element, name: string): unknown {
  return (element as unknown as Record<string, unknown>)[name];
}

describe("three people", () => {
  test("S8 undo and redo never touch a value that somebody else wrote later", () => {
    let travels = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 20, maxLength: 100 }), (moves) => {
        const witness = new Witness();
        // An element of each, so that there is something to quarrel about from the start.
        witness.people.forEach((history, person) => {
          const id = IDS[person] as string;
          history.edit(opsOf({ kind: "put", id, color: COLORS[0] }), `first${person}`);
        });
        moves.forEach((made, i) => {
          const history = witness.people[made.person] as History;
          witness.travelling = made.kind !== "act";
          if (made.kind === "act") history.edit(opsOf(made.act), `${i}`);
          else if (made.kind === "undo") history.undo("u");
          else history.redo("r");
        });
        travels += witness.travels;
      }),
      { numRuns: CASES },
    );
    // The test would say nothing if hardly anything had been taken back.
    expect(travels).toBeGreaterThan(CASES);
  });
});
