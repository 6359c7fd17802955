import { describe, expect, it } from "vitest";
import type { Head } from "../../generated/protocol";
import { type EndPiece, headShape } from "./heads";

const piece: EndPiece = { from: [0, 0], control1: [30, 0], control2: [70, 0], to: [100, 0] };

function shape(head: Head, length = 100, atStart = false) {
  return headShape(head, atStart, piece, [100, 0], [100 - length, 0], 2);
}

describe("arrow heads", () => {
  it("spread backwards from the tip", () => {
    const head = shape("arrow");
    if (head?.kind !== "lines") throw new Error("lines expected");
    const [left, tip] = head.lines[0]!;
    const right = head.lines[1]![0];
    expect(tip).toEqual([100, 0]);
    expect(left[0]).toBeCloseTo(100 - 25 * Math.cos(Math.PI / 9));
    expect(left[1]).toBeCloseTo(-right[1]);
  });

  it("point the other way at the start", () => {
    const head = headShape("triangle", true, piece, [0, 0], [100, 0], 2);
    if (head?.kind !== "polygon") throw new Error("polygon expected");
    expect(head.ring[0]).toEqual([0, 0]);
    expect(head.ring[1]![0]).toBeGreaterThan(0);
  });

  it("shrink with a short last section", () => {
    const head = shape("dot", 8);
    expect(head).toEqual({ kind: "circle", at: [100, 0], diameter: 4 + 2 - 2, open: false });
  });

  it("are none for none, and for a line without length", () => {
    expect(shape("none")).toBeNull();
    const still: EndPiece = { from: [1, 1], control1: [1, 1], control2: [1, 1], to: [1, 1] };
    expect(headShape("arrow", false, still, [1, 1], [1, 1], 2)).toBeNull();
  });

  it("draw a bar across, a crow's foot towards the end, both with its bar", () => {
    const bar = shape("bar");
    if (bar?.kind !== "lines") throw new Error("lines expected");
    expect(bar.lines[0]![0][0]).toBeCloseTo(100);
    const foot = shape("crowfoot-many");
    if (foot?.kind !== "lines") throw new Error("lines expected");
    expect(foot.lines[0]![1]).toEqual([80, 0]);
    expect(shape("crowfoot-one-or-many")).toMatchObject({ kind: "lines", lines: { length: 3 } });
  });
});
