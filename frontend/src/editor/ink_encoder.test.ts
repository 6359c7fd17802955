import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_POINTS_BYTES } from "../generated/limits";
import { decodePoints, encodePoints } from "../geometry/points";
import { InkEncoder, shiftFor } from "./ink_encoder";

const point = fc.record({
  x: fc.double({ min: -3000, max: 3000, noNaN: true }),
  y: fc.double({ min: -3000, max: 3000, noNaN: true }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
  time: fc.nat(100_000),
});
const stroke = fc.array(point, { minLength: 1, maxLength: 60 });

test("bytes taken in pieces are those of the whole stroke encoded at once", () => {
  fc.assert(
    fc.property(stroke, fc.nat(12), fc.boolean(), (points, shift, pressure) => {
      const encoder = new InkEncoder({ shift, pressure });
      const kept = points.filter((each) => encoder.add(each));
      const pieces: number[] = [];
      const again = new InkEncoder({ shift, pressure });
      for (const each of points) {
        again.add(each);
        const { offset, data } = again.take();
        expect(offset).toBe(pieces.length);
        pieces.push(...data);
      }
      expect(Uint8Array.from(pieces)).toEqual(encoder.bytes());
      expect(encoder.bytes()).toEqual(encodePoints(kept, { shift, pressure, time: true }));
    }),
  );
});

test("errors do not add up: the last point is as exact as the first", () => {
  const encoder = new InkEncoder({ shift: 3, pressure: false });
  for (let i = 0; i < 5000; i++) encoder.add({ x: i * 0.37, y: i * -0.21, pressure: 0.5, time: i });
  const last = decodePoints(encoder.bytes()).at(-1);
  expect(Math.abs((last?.x ?? 0) - 4999 * 0.37)).toBeLessThanOrEqual(1 / 16);
});

test("ink at 100 % takes at most four bytes a point", () => {
  const encoder = new InkEncoder({ shift: shiftFor(1), pressure: true });
  const count = 500;
  for (let i = 0; i < count; i++) {
    const pressure = 0.5 + 0.3 * Math.sin(i / 20);
    encoder.add({ x: i * 3, y: 40 * Math.sin(i / 15), pressure, time: i * 8 });
  }
  expect(encoder.bytes().length / count).toBeLessThanOrEqual(4.2);
});

test("it is full before it is too long", () => {
  const encoder = new InkEncoder({ shift: 12, pressure: true });
  for (let i = 0; !encoder.full; i++) {
    encoder.add({ x: (i % 2) * 1e6, y: (i % 2) * -1e6, pressure: i % 2, time: i * 1000 });
  }
  expect(encoder.bytes().length).toBeLessThanOrEqual(MAX_POINTS_BYTES);
});
