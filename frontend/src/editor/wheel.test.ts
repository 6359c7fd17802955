import { describe, expect, test } from "vitest";
import { meaningOf, type WheelLike } from "./wheel";

function turn(part: Partial<WheelLike>): WheelLike {
  return {
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    clientX: 0,
    clientY: 0,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...part,
  };
}

describe("the wheel", () => {
  test("pans, and with Shift sideways", () => {
    expect(meaningOf(turn({ deltaY: 100 }), false)).toEqual({ kind: "pan", dx: -0, dy: -100 });
    expect(meaningOf(turn({ deltaY: 100, shiftKey: true }), false)).toEqual({
      kind: "pan",
      dx: -100,
      dy: 0,
    });
  });

  test("counts lines as pixels", () => {
    expect(meaningOf(turn({ deltaY: 3, deltaMode: 1 }), false)).toMatchObject({ dy: -60 });
  });

  test.each(["ctrlKey", "metaKey"] as const)("zooms with %s, and a pinch is that, too", (key) => {
    const meaning = meaningOf(turn({ deltaY: -100, [key]: true }), false);
    expect(meaning.kind === "zoom" && meaning.factor).toBeGreaterThan(1.2);
  });

  test("the setting makes the bare wheel zoom, and Shift pan still", () => {
    expect(meaningOf(turn({ deltaY: 100 }), true).kind).toBe("zoom");
    expect(meaningOf(turn({ deltaY: 100, ctrlKey: true }), true).kind).toBe("zoom");
    expect(meaningOf(turn({ deltaY: 100, shiftKey: true }), true).kind).toBe("pan");
  });

  test("a step out and a step in end where they began", () => {
    const out = meaningOf(turn({ deltaY: 8, ctrlKey: true }), false);
    const back = meaningOf(turn({ deltaY: -8, ctrlKey: true }), false);
    if (out.kind !== "zoom" || back.kind !== "zoom") throw new Error("no zoom");
    expect(out.factor * back.factor).toBeCloseTo(1, 12);
  });
});
