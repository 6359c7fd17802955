import fc from "fast-check";
import { RoughGenerator } from "roughjs/bin/generator";
import { describe, expect, it } from "vitest";
import type { Arrow, Freedraw, Rectangle } from "../generated/protocol";
import { flatten } from "../geometry/bezier";
import { boxOf, containsPoint, inflate } from "../geometry/box";
import { applyPlace } from "../geometry/place";
import { encodePoints } from "../geometry/points";
import { penOutline } from "./freedraw/outline";
import { courseOf } from "./line/course";
import { drawByHand } from "./line/drawing";
import { boundsOf, hits, localBoxOf, movedTo, paintBoundsOf, touchesBox } from "./registry";
import { roughOptions } from "./sketch/options";
import type { Drawable } from "./sketch/rough";
import { anyBox, anyElement, anyLine, anyStroke, element } from "./testing/samples";

/** Points along what a drawable draws, in the element's own units. */
function opPoints(drawable: Drawable): [number, number][] {
  const points: [number, number][] = [];
  for (const { ops } of drawable.sets) {
    let [x, y] = [0, 0];
    for (const { op, data } of ops) {
      const [toX, toY] = data.slice(-2) as [number, number];
      if (op === "bcurveTo") {
        const [a, b, c, d] = data as [number, number, number, number];
        const flat = flatten(x, y, [[a, b, c, d, toX, toY]], 8);
        for (let i = 0; i < flat.length; i += 2) points.push([flat[i]!, flat[i + 1]!]);
      } else {
        points.push([toX, toY]);
      }
      [x, y] = [toX, toY];
    }
  }
  return points;
}

describe("paint bounds", () => {
  const rough = new RoughGenerator();

  it("hold the whole ink of a pen stroke", () => {
    fc.assert(
      fc.property(anyStroke, (stroke) => {
        fc.pre(stroke.type === "freedraw" && stroke.brush === "pen");
        const box = inflate(paintBoundsOf(stroke), 1e-3);
        const [x, y, , , angle] = stroke.place;
        for (const [px, py] of penOutline(stroke as Freedraw)) {
          const at = applyPlace([x, y, 1, 1, angle], px, py);
          expect(containsPoint(box, at.x, at.y)).toBe(true);
        }
      }),
    );
  });

  it("hold lines and arrows as an unsteady hand draws them", () => {
    fc.assert(
      fc.property(anyLine, (drawn) => {
        const line = drawn as Arrow;
        const box = inflate(paintBoundsOf(line), 1e-3);
        const [x, y, , , angle] = line.place;
        for (const { drawable } of drawByHand(rough, line, courseOf(line))) {
          for (const [px, py] of opPoints(drawable)) {
            const at = applyPlace([x, y, 1, 1, angle], px, py);
            expect(containsPoint(box, at.x, at.y)).toBe(true);
          }
        }
      }),
    );
  });

  it("hold rectangles as an unsteady hand draws them", () => {
    fc.assert(
      fc.property(anyBox, (drawn) => {
        fc.pre(drawn.type === "rectangle");
        const [x, y, sx, sy, angle] = drawn.place;
        const [w, h] = [Math.abs(sx), Math.abs(sy)];
        const options = roughOptions(drawn as Rectangle, w, h, true, false);
        const box = inflate(paintBoundsOf(drawn), 1e-3);
        for (const [px, py] of opPoints(rough.rectangle(0, 0, w, h, options))) {
          const at = applyPlace([x, y, Math.sign(sx), Math.sign(sy), angle], px, py);
          expect(containsPoint(box, at.x, at.y)).toBe(true);
        }
      }),
    );
  });
});

describe("every element", () => {
  it("is touched by a box around it and not by one far away", () => {
    fc.assert(
      fc.property(anyElement, (one) => {
        expect(touchesBox(one, inflate(paintBoundsOf(one), 1))).toBe(true);
        const { maxX, maxY } = paintBoundsOf(one);
        expect(touchesBox(one, boxOf(maxX + 1, maxY + 1, maxX + 9, maxY + 9))).toBe(false);
      }),
    );
  });

  it("is hit only within its paint", () => {
    fc.assert(
      fc.property(anyElement, fc.double({ min: 0, max: 10, noNaN: true }), (one, tolerance) => {
        const { maxX, maxY } = paintBoundsOf(one);
        expect(hits(one, maxX + tolerance + 1, maxY + tolerance + 1, tolerance)).toBe(false);
      }),
    );
  });

  it("moves with its place", () => {
    fc.assert(
      fc.property(anyElement, (one) => {
        const [x, y, sx, sy, angle] = one.place;
        const box = boundsOf(one);
        const moved = boundsOf(movedTo(one, [x + 100, y - 50, sx, sy, angle]));
        expect(moved.minX).toBeCloseTo(box.minX + 100, 3);
        expect(moved.maxY).toBeCloseTo(box.maxY - 50, 3);
        expect(localBoxOf(movedTo(one, one.place))).toEqual(localBoxOf(one));
      }),
    );
  });
});

describe("hits", () => {
  it("an empty shape by its outline and a filled one by its inside", () => {
    const empty = element("rectangle");
    const filled = element("rectangle", { fill: "#ffc9c9" });
    expect(hits(empty, 50, 30, 2)).toBe(false);
    expect(hits(empty, 0, 30, 2)).toBe(true);
    expect(hits(empty, 50, 60.5, 2)).toBe(true);
    expect(hits(filled, 50, 30, 2)).toBe(true);
    const see = element("rectangle", { fill: "#ffc9c900" });
    expect(hits(see, 50, 30, 2)).toBe(false);
  });

  it("an ellipse by its curve, not by its box's corners", () => {
    const ellipse = element("ellipse", { fill: "#ffc9c9" });
    expect(hits(ellipse, 50, 30, 0)).toBe(true);
    expect(hits(ellipse, 3, 3, 0)).toBe(false);
  });

  it("a mirrored and turned shape where it is seen", () => {
    const turned = element("diamond", { place: [0, 0, -100, 60, Math.PI / 2], fill: "#ffc9c9" });
    expect(hits(turned, -30, -50, 0)).toBe(true);
    expect(hits(turned, -30, 50, 0)).toBe(false);
  });

  it("a closed line by its inside when it is filled, an arrow never", () => {
    const ring = encodePoints(
      [
        [0, 0],
        [100, 0],
        [100, 100],
        [0, 1],
      ].map(([x, y]) => ({ x: x!, y: y!, pressure: 0.5, time: 0 })),
    );
    const place = [0, 0, 1, 1, 0];
    expect(hits(element("line", { points: ring, place, fill: "#ffc9c9" }), 80, 40, 1)).toBe(true);
    expect(hits(element("line", { points: ring, place }), 80, 40, 1)).toBe(false);
    expect(hits(element("arrow", { points: ring, place, fill: "#ffc9c9" }), 80, 40, 1)).toBe(false);
  });

  it("a frame by its outline, text by its whole box", () => {
    expect(hits(element("frame"), 50, 30, 2)).toBe(false);
    expect(hits(element("frame"), 50, 0, 2)).toBe(true);
    expect(hits(element("text", { text: "a" }), 90, 50, 0)).toBe(true);
  });
});
