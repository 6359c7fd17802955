import { expect, test } from "vitest";
import type { ActivityEvent } from "./activity_model";
import { rowsOf, wordsOf } from "./activity_rows";

function event(at: number, more: Partial<ActivityEvent> = {}): ActivityEvent {
  return {
    id: `e-${at}`,
    type: "drew",
    at,
    person: "ana",
    count: 2,
    kinds: { freedraw: 2 },
    ...more,
  };
}

test("what one goes on doing is one row with all its elements and its whole place; newest first", () => {
  const [newest, oldest] = rowsOf([
    event(0, { elements: ["a"], place: [0, 0, 10, 10] }),
    event(50_000, { elements: ["b"], place: [90, 0, 10, 10], kinds: { freedraw: 1, note: 1 } }),
    event(60_000, { person: "ben" }),
  ]);
  expect(newest?.person).toBe("ben");
  expect(oldest).toMatchObject({
    ...{ id: "e-50000", at: 50_000, count: 4, kinds: { freedraw: 3, note: 1 } },
    ...{ elements: ["a", "b"], place: [0, 0, 100, 10] },
  });
});

test("a pause, something else and each coming and going are rows of their own", () => {
  expect(rowsOf([event(0), event(60_000)])).toHaveLength(2);
  expect(rowsOf([event(0), event(1, { type: "deleted" })])).toHaveLength(2);
  expect(rowsOf([event(0, { type: "joined" }), event(1, { type: "joined" })])).toHaveLength(2);
});

test("elements are named only if all are", () => {
  const [row] = rowsOf([event(0, { elements: ["a"] }), event(1)]);
  expect(row).not.toHaveProperty("elements");
});

test("the words say what was done, to how much of what", () => {
  expect(wordsOf(event(0, { count: 1 }))).toBe("drew 1 stroke");
  expect(wordsOf(event(0, { count: 3, kinds: { note: 1, rectangle: 1, freedraw: 1 } }))).toBe(
    "added 3 things: sticky note, rectangle, ink",
  );
  expect(wordsOf(event(0, { type: "undid", count: 2, kinds: {} }))).toBe("undid 2 steps");
  expect(wordsOf(event(0, { type: "renamed", title: "Plan" }))).toBe("named the board “Plan”");
  expect(wordsOf(event(0, { type: "renamed", title: "" }))).toBe("took away the board’s name");
  expect(wordsOf(event(0, { type: "exported", format: "png" }))).toBe("exported the board as PNG");
});
