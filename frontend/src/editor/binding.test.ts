import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ringOf } from "../elements/registry";
import { BOX_TYPES } from "../elements/sketch/options";
import { anyPlace, element } from "../elements/testing/samples";
import type { Arrow, Binding, ElementType, Place } from "../generated/protocol";
import { closed } from "../geometry/polygon";
import { polylineDistance } from "../geometry/segment";
import { bindingFor, boundPoints, GAP, isBindable, OUTLINE_REACH } from "./binding";
import { linePoints } from "./local_points";
import { boxOf, centreOf } from "./selection_box";

const HOLDERS: readonly ElementType[] = [...BOX_TYPES, "note", "text", "image", "frame"];

const anyHolder = fc
  .tuple(fc.constantFrom(...HOLDERS), anyPlace, fc.boolean())
  .map(([type, place, rounded]) => element(type, { id: "held", place, rounded }));

const direction = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });

function arrowFrom(from: { x: number; y: number }, end: Binding): Arrow {
  const points = linePoints([from, { x: 0, y: 0 }]);
  return element("arrow", { id: "arrow", place: [0, 0, 1, 1, 0], points, end }) as Arrow;
}

describe("an end that holds on to a shape", () => {
  it("aims at the middle and stops before the outline, however the shape is turned", () => {
    fc.assert(
      fc.property(anyHolder, direction, (held, angle) => {
        // A diamond's corners are off by a unit, which turns the tiniest inside out.
        fc.pre(Math.min(Math.abs(held.place[2]), Math.abs(held.place[3])) >= 4);
        const centre = centreOf(boxOf(held));
        const far = 6000;
        const from = {
          x: centre.x + far * Math.cos(angle),
          y: centre.y + far * Math.sin(angle),
        };
        const arrow = arrowFrom(from, { to: "held", gap: GAP });
        const tip = boundPoints(arrow, () => held).at(-1)!;
        const ring = closed(ringOf(held)!);
        // The gap is along the arrow, which may meet the outline at a slant.
        expect(polylineDistance(ring, tip.x, tip.y)).toBeLessThanOrEqual(GAP + 0.01);
        const toTip = Math.hypot(tip.x - centre.x, tip.y - centre.y);
        const crossing = { x: tip.x - GAP * Math.cos(angle), y: tip.y - GAP * Math.sin(angle) };
        expect(polylineDistance(ring, crossing.x, crossing.y)).toBeLessThan(0.05);
        expect(toTip).toBeGreaterThanOrEqual(GAP - 0.01);
      }),
    );
  });

  it("keeps the nearest point of an outline that it was put down near", () => {
    fc.assert(
      fc.property(
        anyHolder,
        fc.nat(1000),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (held, at, aside) => {
          const ring = ringOf(held)!;
          const i = 2 * (at % (ring.length / 2));
          const spot = { x: ring[i]! + aside * (OUTLINE_REACH - 1), y: ring[i + 1]! };
          const binding = bindingFor(held, spot, 1);
          expect(binding).toMatchObject({ to: "held", at: expect.anything() });
          const arrow = arrowFrom({ x: 9000, y: 9000 }, binding!);
          const tip = boundPoints(arrow, () => held).at(-1)!;
          const grain = Math.max(Math.abs(held.place[2]), Math.abs(held.place[3])) * 1e-4;
          expect(polylineDistance(closed(ring), tip.x, tip.y)).toBeLessThan(grain + 0.01);
        },
      ),
    );
  });

  it("holds a frame at its outline only, and nothing that has no outline", () => {
    const place: Place = [0, 0, 400, 300, 0];
    const frame = element("frame", { place });
    expect(bindingFor(frame, { x: 200, y: 150 }, 1)).toBeNull();
    expect(bindingFor(frame, { x: 200, y: 5 }, 1)).toMatchObject({ at: [0.5, 0] });
    expect(isBindable(element("line"))).toBe(false);
    expect(isBindable(element("freedraw"))).toBe(false);
    expect(isBindable(element("note", { locked: true }))).toBe(false);
  });
});
