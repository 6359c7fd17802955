import fc from "fast-check";
import { expect, test } from "vitest";
import { readingOrder } from "./reading_order";

const at = (id: string, minX: number, minY: number, width = 100, height = 60) => ({
  id,
  box: { minX, minY, maxX: minX + width, maxY: minY + height },
});
const ids = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id).join(" ");

test("row by row, and in a row from the left, though a hand has not drawn them quite level", () => {
  const things = [at("d", 150, 205), at("b", 150, -8), at("c", 0, 200), at("a", 0, 0)];
  expect(ids(readingOrder(things))).toBe("a b c d");
});

test("what stands under something tall is a row of its own", () => {
  const things = [at("below", 0, 100), at("tall", 200, 0, 50, 400), at("first", 0, 0)];
  expect(ids(readingOrder(things))).toBe("first tall below");
});

test("everything comes once, and no row before one that lies wholly above it", () => {
  const number = fc.integer({ min: -500, max: 500 });
  const size = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, size, size), { maxLength: 30 }), (boxes) => {
      const things = boxes.map((box, i) => at(`${i}`, ...box));
      const read = readingOrder(things);
      expect(read.map(({ id }) => id).sort()).toEqual(things.map(({ id }) => id).sort());
      read.forEach(({ box }, i) => {
        const after = read[i + 1]?.box;
        if (after !== undefined && after.minX < box.minX)
          expect(after.maxY).toBeGreaterThanOrEqual(box.minY);
      });
    }),
  );
});
