import { describe, expect, it } from "vitest";
import { fromHex, toHex, vectors } from "../testing/vectors";
import { countPoints, decodeArrived, decodeFlat, decodePoints, encodePoints } from "./points";

interface Encoded {
  readonly points: readonly (readonly [number, number, number, number])[];
  readonly shift: number;
  readonly pressure: boolean;
  readonly time: boolean;
  readonly bytes: string;
  readonly decoded: readonly (readonly [number, number, number, number])[];
}

const { encoded, judged } = vectors<{
  encoded: readonly Encoded[];
  judged: readonly { readonly bytes: string; readonly count: number | null }[];
}>("points");

describe("the encoding of points", () => {
  it("[E1] [E2] [E3] [E5] is the server's to the byte, both ways", () => {
    for (const { points, shift, pressure, time, bytes, decoded } of encoded) {
      const given = points.map(([x, y, p, t]) => ({ x, y, pressure: p, time: t }));
      expect(toHex(encodePoints(given, { shift, pressure, time }))).toBe(bytes);
      expect(decodePoints(fromHex(bytes)).map((p) => [p.x, p.y, p.pressure, p.time])).toEqual(
        decoded,
      );
    }
    expect(encoded.length).toBeGreaterThan(99);
  });

  it("[E4] is told from rubbish as the server tells it, and rubbish decodes to nothing", () => {
    for (const { bytes, count } of judged) {
      expect(countPoints(fromHex(bytes)), bytes).toBe(count);
      expect(decodeFlat(fromHex(bytes)).count).toBe(count ?? 0);
    }
    expect(judged.filter(({ count }) => count === null).length).toBeGreaterThan(20);
    expect(judged.filter(({ count }) => count !== null).length).toBeGreaterThan(20);
  });

  it("[L2] that is still arriving shows all points that are whole", () => {
    for (const { bytes, decoded } of encoded) {
      const all = fromHex(bytes);
      for (let end = 0; end <= all.length; end++) {
        const { count, xy } = decodeArrived(all.subarray(0, end));
        const whole = decoded.slice(0, count).flatMap((point) => point.slice(0, 2));
        expect([...xy].map((value) => value + 0)).toEqual(whole.map((value) => value + 0));
        if (end === all.length) expect(count).toBe(decoded.length);
      }
    }
  });

  it("refuses what it cannot hold", () => {
    const far = { x: 2 ** 40, y: 0, pressure: 0, time: 0 };
    expect(() => encodePoints([far])).toThrow(RangeError);
    expect(() => encodePoints([{ ...far, x: Number.NaN }])).toThrow(RangeError);
    expect(() => encodePoints([], { shift: 13 })).toThrow(RangeError);
  });
});
