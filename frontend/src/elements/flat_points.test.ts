import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFlat, encodePoints } from "../geometry/points";
import { flatPoints, glance } from "./flat_points";

const encoding = fc
  .tuple(
    fc.array(
      fc.record({
        x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        pressure: fc.double({ min: 0, max: 1, noNaN: true }),
        time: fc.integer({ min: 0, max: 1e6 }),
      }),
      { maxLength: 80 },
    ),
    fc.integer({ min: 0, max: 12 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([points, shift, pressure, time]) => encodePoints(points, { shift, pressure, time }));

/** Bytes as they may come from outside, often nearly an encoding. */
const anyBytes = fc.oneof(
  encoding,
  fc.uint8Array({ maxLength: 60 }),
  fc.tuple(encoding, fc.nat()).map(([bytes, at]) => bytes.slice(0, at % (bytes.length + 1))),
  fc
    .tuple(fc.constantFrom(0, 1, 2, 3), fc.integer({ min: 0, max: 12 }), fc.uint8Array())
    .map(([flags, shift, body]) => Uint8Array.from([flags, shift, ...body])),
);

describe("points at a glance", () => {
  it("are those of the decoder, for every bytes", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { count, xy, pressures } = decodeFlat(bytes);
        const seen = glance(bytes);
        expect(seen.xy.length).toBe(2 * count);
        expect([...seen.xy]).toEqual([...Float32Array.from(xy)]);
        expect(seen.pressures === null ? null : [...seen.pressures]).toEqual(
          pressures === null || count === 0 ? null : [...pressures],
        );
      }),
      { numRuns: 500 },
    );
  });

  it("are kept only by who asks for that", () => {
    const one = encodePoints([{ x: 1, y: 2, pressure: 0, time: 0 }]);
    const two = encodePoints([{ x: 3, y: 4, pressure: 0, time: 0 }]);
    const kept = flatPoints(one);
    glance(two);
    expect([...kept.xy]).toEqual([1, 2]);
    expect(flatPoints(one)).toBe(kept);
  });
});
