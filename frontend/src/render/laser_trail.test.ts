import { describe, expect, it } from "vitest";
import { encodePoints } from "../geometry/points";
import { LASER_MS, RemoteTrail } from "./laser_trail";

/** Points (time, 0) from number `first` to before `end`, one each 10 ms. */
function word(trail: number, first: number, end: number) {
  const points = [];
  for (let i = first; i < end; i++) points.push({ x: i, y: 0, pressure: 0.5, time: 10 * i });
  return { trail, first, points: encodePoints(points, { time: true }) };
}

const xs = (trail: RemoteTrail) => trail.trails.map(({ points }) => points.map(({ x }) => x));

describe("somebody's laser trail", () => {
  it("[L8] grows by what is new in each word, also when words were left out", () => {
    const trail = new RemoteTrail();
    trail.hear(word(1, 0, 3), 0);
    trail.hear(word(1, 0, 5), 20);
    trail.hear(word(1, 2, 8), 60);
    expect(xs(trail)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
  });

  it("[L8] fades point by point, each as old as it was drawn, not as it came", () => {
    const trail = new RemoteTrail();
    trail.hear(word(1, 0, 10), 1000);
    expect(trail.fade(1000 + LASER_MS - 100)).toBe(true);
    expect(xs(trail)[0]).toHaveLength(10);
    // Times travel in steps of 4 ms.
    trail.fade(1000 + LASER_MS - 50);
    expect(xs(trail)[0]?.length).toBeGreaterThanOrEqual(4);
    expect(xs(trail)[0]?.length).toBeLessThanOrEqual(6);
    expect(trail.fade(1000 + LASER_MS)).toBe(false);
    expect(xs(trail)).toEqual([]);
  });

  it("[L8] is over with an empty word, and is not drawn again by one that repeats", () => {
    const trail = new RemoteTrail();
    const said = word(1, 0, 3);
    trail.hear(said, 0);
    trail.fade(LASER_MS);
    trail.hear(said, LASER_MS);
    trail.hear({ ...said }, LASER_MS);
    trail.hear({ trail: 1, first: 3 }, LASER_MS);
    expect(trail.fade(LASER_MS)).toBe(false);
  });

  it("[L8] begins anew apart from the last one, which fades by itself", () => {
    const trail = new RemoteTrail();
    trail.hear(word(1, 0, 3), 0);
    trail.hear(word(2, 0, 2), 100);
    expect(xs(trail)).toEqual([
      [0, 1, 2],
      [0, 1],
    ]);
    trail.fade(LASER_MS);
    expect(xs(trail)).toEqual([[0, 1]]);
  });

  it("[L8] stays small, whatever is told", () => {
    const trail = new RemoteTrail();
    for (let i = 0; i < 50; i++) trail.hear(word(1, 100 * i, 100 * i + 100), 0);
    expect(xs(trail)[0]?.length).toBe(1000);
    expect(xs(trail)[0]?.at(-1)).toBe(4999);
    for (let i = 2; i < 50; i++) trail.hear(word(i, 0, 2), 0);
    expect(trail.trails.length).toBe(8);
  });

  it("draws nothing of bytes that are no points", () => {
    const trail = new RemoteTrail();
    trail.hear({ trail: 1, points: new Uint8Array([9, 99, 255, 255]) }, 0);
    expect(trail.fade(0)).toBe(false);
  });
});
