import { expect, test } from "vitest";
import { timeAgo } from "./time_ago";

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

test.each([
  [0, "just now"],
  [59_000, "just now"],
  [MINUTE, "1 minute ago"],
  [59 * MINUTE, "59 minutes ago"],
  [60 * MINUTE, "1 hour ago"],
  [26 * 60 * MINUTE, "yesterday"],
  [15 * 24 * 60 * MINUTE, "2 weeks ago"],
  [-5 * MINUTE, "just now"],
])("%i ms ago reads %s", (passed, words) => {
  expect(timeAgo(NOW - passed, NOW)).toBe(words);
});
