import { expect, test } from "vitest";
import { lookAtBox } from "./travel";

const SIZE = { width: 1000, height: 800 };
const box = (x: number, y: number, width: number, height: number) => ({
  minX: x,
  minY: y,
  maxX: x + width,
  maxY: y + height,
});

test("what fits is looked at with the zoom one has, in the middle", () => {
  expect(lookAtBox(box(100, 100, 200, 100), 1, SIZE)).toEqual({ x: -300, y: -250, zoom: 1 });
});

test("from far away one comes near enough to read", () => {
  expect(lookAtBox(box(0, 0, 200, 100), 0.05, SIZE).zoom).toBe(0.6);
});

test("what is larger than the screen is seen whole", () => {
  expect(lookAtBox(box(0, 0, 8000, 100), 2, SIZE).zoom).toBeCloseTo(0.1);
  expect(lookAtBox(box(0, 0, 10, 4800), 2, SIZE).zoom).toBeCloseTo(0.1);
});

test("a dot is not looked at through a microscope", () => {
  expect(lookAtBox(box(0, 0, 0, 0), 40, SIZE).zoom).toBe(4);
});
