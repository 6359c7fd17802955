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
import type { SavedHistory } from "./saved_history";

/**
 * Rule 1: n undos and then n redos leave the board as it was if nobody else acts.
 * Rule 2: no undo or redo changes a value that somebody else wrote later.
 * Both also when pages are reloaded in between, and others go on meanwhile.
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

/** The page goes, its history is kept as a browser keeps values, and another page takes it over. */
function reloaded(gone: History, page: History): History {
  page.restore(structuredClone(gone.saved()));
  return page;
}

function picture(document: BoardDocument): unknown {
  return [...document.elements()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe("one person alone", () => {
  test("S8 n undos and n redos leave the board as it was", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.nat(40), fc.nat(80), (acts, n, reload) => {
        const document = new BoardDocument();
        const page = () =>
          new History({
            title: "",
            get: (id) => document.get(id),
            edit: (ops) => void document.apply(ops),
          });
        let history = page();
        acts.forEach((acted, i) => {
          history.edit(opsOf(acted), `${i}`);
        });
        const before = picture(document);
        for (let i = 0; i < 2 * n; i++) {
          if (i === reload) history = reloaded(history, page());
          if (i < n) history.undo("u");
          else history.redo("r");
        }
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
  | { readonly kind: "undo" | "redo" | "leave" | "return"; readonly person: number };

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
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("leave" as const, "return" as const, "return" as const),
      person: fc.nat(PEOPLE - 1),
    }),
  },
);

/** What somebody's page left behind, and what the board was then. */
interface Absence {
  readonly saved: SavedHistory;
  readonly elements: ReadonlyMap<string, Element>;
  readonly writer: ReadonlyMap<string, number>;
  readonly bringer: ReadonlyMap<string, number>;
}

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
  /** Who may take back which value that is again as they had left it, whoever made it so. */
  readonly #asLeft = new Set<string>();
  readonly #away = new Map<number, Absence>();
  travelling = false;
  travels = 0;
  returns = 0;

  constructor() {
    for (let person = 0; person < PEOPLE; person++) this.people.push(this.#page(person));
  }

  #page(person: number): History {
    return new History({
      title: "",
      get: (id) => this.document.get(id),
      edit: (ops) => this.#edit(person, ops),
    });
  }

  isAway(person: number): boolean {
    return this.#away.has(person);
  }

  leave(person: number): void {
    this.#away.set(person, {
      saved: structuredClone((this.people[person] as History).saved()),
      elements: new Map([...this.document.elements()].map((each) => [each.id, each])),
      writer: new Map(this.#writer),
      bringer: new Map(this.#bringer),
    });
    this.people[person] = this.#page(person);
  }

  return(person: number): void {
    const absence = this.#away.get(person);
    if (absence === undefined) return;
    this.#away.delete(person);
    this.returns++;
    // Changed and changed back again while nobody looked is as if it had stayed.
    for (const [id, was] of absence.elements) {
      const is = this.document.get(id);
      if (is === undefined) continue;
      const same = PROPERTIES[was.type].filter((name) =>
        sameValue(propertyOf(was, name), propertyOf(is, name)),
      );
      const brought =
        same.length === PROPERTIES[was.type].length && absence.bringer.get(id) === person;
      for (const name of same) {
        const key = `${id}.${name}`;
        if (brought || absence.writer.get(key) === person) this.#asLeft.add(`${person} ${key}`);
      }
    }
    (this.people[person] as History).restore(absence.saved);
  }

  #edit(person: number, ops: readonly Op[]): void {
    const changes = this.document.apply(ops);
    for (const { before, after } of changes.updated) {
      for (const name of PROPERTIES[after.type]) {
        if (sameValue(propertyOf(before, name), propertyOf(after, name))) continue;
        this.#mayTouch(person, `${after.id}.${name}`);
        this.#write(person, `${after.id}.${name}`);
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
        this.#write(writer ?? person, `${element.id}.${name}`);
      }
    }
    this.people.forEach((history, other) => {
      if (other !== person && !this.isAway(other)) history.noticed(changes);
    });
  }

  #write(person: number, key: string): void {
    this.#writer.set(key, person);
    for (let anybody = 0; anybody < PEOPLE; anybody++) this.#asLeft.delete(`${anybody} ${key}`);
  }

  #mayTouch(person: number, key: string): void {
    if (!this.travelling) return;
    this.travels++;
    const writer = this.#writer.get(key);
    if (writer !== person && !this.#asLeft.has(`${person} ${key}`)) {
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
    let returns = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 20, maxLength: 100 }), (moves) => {
        const witness = new Witness();
        // An element of each, so that there is something to quarrel about from the start.
        witness.people.forEach((history, person) => {
          const id = IDS[person] as string;
          history.edit(opsOf({ kind: "put", id, color: COLORS[0] }), `first${person}`);
        });
        moves.forEach((made, i) => {
          if (made.kind === "leave" && !witness.isAway(made.person)) witness.leave(made.person);
          else if (made.kind === "return") witness.return(made.person);
          if (made.kind === "leave" || made.kind === "return") return;
          if (witness.isAway(made.person)) return;
          const history = witness.people[made.person] as History;
          witness.travelling = made.kind !== "act";
          if (made.kind === "act") history.edit(opsOf(made.act), `${i}`);
          else if (made.kind === "undo") history.undo("u");
          else history.redo("r");
        });
        travels += witness.travels;
        returns += witness.returns;
      }),
      { numRuns: CASES },
    );
    // The test would say nothing if hardly anything had been taken back.
    expect(travels).toBeGreaterThan(CASES);
    expect(returns).toBeGreaterThan(CASES / 4);
  });
});
