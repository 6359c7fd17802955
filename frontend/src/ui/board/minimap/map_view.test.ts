import { expect, test } from "vitest";
import { inWorld, mapView, onMap } from "./map_view";

const box = (minX: number, minY: number, maxX: number, maxY: number) => ({
  minX,
  minY,
  maxX,
  maxY,
});
const NOTHING = box(Infinity, Infinity, -Infinity, -Infinity);

test("the map holds all that is drawn and where one looks, in its middle", () => {
  const content = box(0, 0, 1000, 200);
  const view = box(2000, 0, 2400, 300);
  const map = mapView(content, view, 200, 140);
  for (const each of [content, view]) {
    const { x, y, width, height } = onMap(map, each);
    expect(x).toBeGreaterThan(0);
    expect(y).toBeGreaterThan(0);
    expect(x + width).toBeLessThan(200);
    expect(y + height).toBeLessThan(140);
  }
  expect(inWorld(map, 100, 70)).toEqual({ x: 1200, y: 150 });
});

test("an empty board is where one looks", () => {
  const map = mapView(NOTHING, box(0, 0, 100, 70), 200, 140);
  expect(inWorld(map, 100, 70)).toEqual({ x: 50, y: 35 });
  expect(map.scale).toBeLessThan(2);
});
