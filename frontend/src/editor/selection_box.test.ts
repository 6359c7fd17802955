import fc from "fast-check";
import { expect, test } from "vitest";
import { anyElement } from "../elements/testing/samples";
import type { Element, Place } from "../generated/protocol";
import { boundsOfAll, boundsOfMoved } from "./selection_box";

const number = fc.double({ min: -1000, max: 1000, noNaN: true });

test("the box around what is dragged is that around what it will be, turned and stretched or only moved", () => {
  const drags = fc.record({
    dx: number,
    dy: number,
    by: fc.constantFrom(1, 1, 2),
    turn: fc.constantFrom(0, 0, 1),
  });
  fc.assert(
    fc.property(fc.array(anyElement, { minLength: 1, maxLength: 5 }), drags, (some, drag) => {
      const before = new Map(some.map((one, i) => [`e${i}`, { ...one, id: `e${i}` } as Element]));
      const after = [...before.values()].map((one): Element => {
        const [x, y, sx, sy, angle] = one.place;
        const place: Place = [x + drag.dx, y + drag.dy, sx * drag.by, sy, angle + drag.turn];
        return { ...one, place };
      });
      const box = boundsOfMoved(after, (id) => before.get(id));
      for (const [side, value] of Object.entries(boundsOfAll(after))) {
        expect(box[side as keyof typeof box]).toBeCloseTo(value, 6);
      }
    }),
  );
});
