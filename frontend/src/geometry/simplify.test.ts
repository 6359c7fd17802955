import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polylineDistance } from "./segment";
import { bandError, simplify, zoomBand } from "./simplify";

// Small steps, as of a hand: errors of the size that is allowed have to occur.
const points = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 1,
    maxLength: 120,
  })
  .map((steps) => {
    const line = new Float32Array(steps.length * 2);
    let [x, y] = [0, 0];
    for (const [i, [dx, dy]] of steps.entries()) {
      x += dx;
      y += dy;
      line[2 * i] = x;
      line[2 * i + 1] = y;
    }
    return line;
  });
const error = fc.double({ min: 0.01, max: 30, noNaN: true });

describe("simplify", () => {
  it("leaves no point further from the line than the error", () => {
    fc.assert(
      fc.property(points, error, (line, most) => {
        const kept = simplify(line, most);
        for (let i = 0; i < line.length; i += 2) {
          expect(polylineDistance(kept, line[i]!, line[i + 1]!)).toBeLessThanOrEqual(most * 1.0001);
        }
      }),
    );
  });

  it("keeps both ends and only points of the line, in order", () => {
    fc.assert(
      fc.property(points, error, (line, most) => {
        const kept = simplify(line, most);
        expect([kept[0], kept[1]]).toEqual([line[0], line[1]]);
        expect([kept.at(-2), kept.at(-1)]).toEqual([line.at(-2), line.at(-1)]);
        let at = 0;
        for (let i = 0; i < kept.length; i += 2) {
          while (at < line.length && !(line[at] === kept[i] && line[at + 1] === kept[i + 1]))
            at += 2;
          expect(at).toBeLessThan(line.length);
          at += 2;
        }
      }),
    );
  });

  it("makes a straight line of many points a line of two", () => {
    const line = Float32Array.from({ length: 200 }, (_, i) => i);
    expect(simplify(line, 0.1)).toEqual(Float32Array.from([0, 1, 198, 199]));
  });

  it("is within a quarter of a pixel at every zoom of a band", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 80, noNaN: true }), (zoom) => {
        expect(bandError(zoomBand(zoom)) * zoom).toBeLessThanOrEqual(0.25 + 1e-9);
        expect(bandError(zoomBand(zoom)) * zoom).toBeGreaterThan(0.12);
      }),
    );
  });
});
