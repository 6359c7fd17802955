import { describe, expect, test } from "vitest";
import { rank } from "./rank";

const LABELS = [
  "Zoom in",
  "Zoom out",
  "Zoom to fit",
  "Align left",
  "Align right",
  "Flip horizontally",
  "Bring forward",
  "Bring to front",
  "Sticky note",
  "Select all",
  "Diamond",
];

const best = (query: string) =>
  LABELS.flatMap((label) => {
    const points = rank(query, label);
    return points === null ? [] : [{ label, points }];
  }).sort((a, b) => b.points - a.points)[0]?.label;

describe("a few letters find the command that was meant", () => {
  test.each([
    ["zoom", "Zoom in"],
    ["ztf", "Zoom to fit"],
    ["alri", "Align right"],
    ["front", "Bring to front"],
    ["fro", "Bring to front"],
    ["NOTE", "Sticky note"],
    ["sel all", "Select all"],
    ["dia", "Diamond"],
    ["fliph", "Flip horizontally"],
  ])("%s is %s", (query, label) => {
    expect(best(query)).toBe(label);
  });

  test("letters in another order, or that are not there, match nothing", () => {
    expect(rank("mooz", "Zoom in")).toBeNull();
    expect(rank("zoomx", "Zoom in")).toBeNull();
  });

  test("no letters match everything alike", () => {
    expect(rank("", "Zoom in")).toBe(rank("  ", "Select all"));
  });

  test("accents and capitals make no difference", () => {
    expect(rank("cafe", "Café")).toBe(rank("CAFÉ", "cafe"));
  });
});
