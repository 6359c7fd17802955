import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, contains } from "../geometry/box";
import { DirtyBoxes } from "./dirty_boxes";

const box = (minX: number, minY: number, size = 10): Box => ({
  minX,
  minY,
  maxX: minX + size,
  maxY: minY + size,
});
const anyBox = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.nat(80))
  .map(([x, y, size]) => box(x, y, size));

function boxesOf(...added: readonly Box[]): Box[] {
  const dirty = new DirtyBoxes();
  for (const each of added) dirty.add(each);
  return dirty.take();
}

describe("dirty boxes", () => {
  test("those far apart stay apart", () => {
    expect(boxesOf(box(0, 0), box(200, 0))).toHaveLength(2);
  });

  test("those that overlap become one", () => {
    expect(boxesOf(box(0, 0), box(2, 2))).toEqual([{ minX: 0, minY: 0, maxX: 12, maxY: 12 }]);
  });

  test("one that closes a gap joins both sides", () => {
    expect(boxesOf(box(0, 0), box(18, 0), box(9, 0))).toHaveLength(1);
  });

  test("taken once, there are none", () => {
    const dirty = new DirtyBoxes();
    dirty.add(box(0, 0));
    expect(dirty.isEmpty).toBe(false);
    expect(dirty.area).toBe(100);
    dirty.take();
    expect(dirty.isEmpty).toBe(true);
  });

  test("there are never more than a dozen, however far apart they lie", () => {
    const scattered = Array.from({ length: 40 }, (_, i) => box(1000 * i, 700 * (i % 7)));
    const boxes = boxesOf(...scattered);
    expect(boxes.length).toBeLessThanOrEqual(12);
    for (const each of scattered) expect(boxes.some((one) => contains(one, each))).toBe(true);
  });

  test("however many are added, a dozen hold them all", () => {
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 60 }), (added) => {
        const boxes = boxesOf(...added);
        expect(boxes.length).toBeLessThanOrEqual(12);
        for (const each of added) expect(boxes.some((one) => contains(one, each))).toBe(true);
      }),
    );
  });
});
