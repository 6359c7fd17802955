import { expect, test } from "vitest";
import { scaleBeyond } from "./draw_part";

test("what a browser can hold is drawn here; more by the server, as large as it can", () => {
  expect(scaleBeyond(2_000, 1_000, 3)).toBeNull();
  const scale = scaleBeyond(9_000, 6_000, 3) ?? 0;
  expect(scale).toBeLessThan(3);
  expect(9_000 * scale * 6_000 * scale).toBeLessThan(100e6);
  expect(9_000 * scale * 6_000 * scale).toBeGreaterThan(99e6);
  const long = scaleBeyond(100_000, 10, 1) ?? 0;
  expect(100_000 * long).toBeLessThan(32_767);
  expect(scaleBeyond(9_000, 6_000, 1)).toBe(1);
});
