import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoardDocument } from "../document/document";
import { linePoints } from "../editor/local_points";
import type { Element, Op, Place, Props, WireElement } from "../generated/protocol";
import { report, sized } from "../testing/sized";
import { TestBoard, wire } from "./testing/board";

const FRAME = wire("frame", "f", [0, 0, 400, 400], { z: "a0" });
const BOX = wire("rectangle", "b", [10, 10, 50, 50], { z: "a1" });
const ARROW = wire("arrow", "w", [100, 100, 1, 1], {
  z: "a2",
  points: linePoints([
    { x: 0, y: 0 },
    { x: 80, y: 40 },
  ]),
});
const BOARD: readonly WireElement[] = [FRAME, BOX, ARROW];
const COURSE = ["place", "points", "start", "end"] as const;

type Kind = "move" | "resize" | "rotate" | "into frame" | "bend" | "start" | "end";

interface Gesture {
  readonly by: number;
  readonly kind: Kind;
  readonly id: "b" | "w";
  readonly d: number;
}

const gesture: fc.Arbitrary<Gesture> = fc.record({
  by: fc.nat(1),
  kind: fc.constantFrom("move", "resize", "rotate", "into frame", "bend", "start", "end"),
  id: fc.constantFrom("b", "w"),
  d: fc.integer({ min: 1, max: 90 }),
});

/** What a tool would make of an element as its user sees it. */
function changed(element: Element, { kind, d }: Gesture): Props {
  const [x, y, sx, sy, angle] = element.place;
  const placed = (...place: Place): Props => ({ place });
  if (kind === "resize") return placed(x, y, sx + d, sy + d, angle);
  if (kind === "rotate") return placed(x, y, sx, sy, angle + d / 100);
  if (kind === "into frame") return { ...placed(x + d, y, sx, sy, angle), frame: "f" };
  if (kind === "move" || element.type !== "arrow") return placed(x + d, y - d, sx, sy, angle);
  const points = linePoints([
    { x: kind === "start" ? d : 0, y: 0 },
    { x: 80, y: kind === "end" ? d : 40 },
    ...(kind === "bend" ? [{ x: d, y: d }] : []),
  ]);
  const binding = { to: "b", focus: d / 100 };
  if (kind === "start") return { points, start: binding };
  return kind === "end" ? { points, end: binding } : { points };
}

function courseOf(element: Element | undefined): string {
  const values = element as unknown as Readonly<Record<string, unknown>>;
  return JSON.stringify(COURSE.map((name) => values[name] ?? null));
}

describe("two people who change the geometry of one thing at once", () => {
  it("S10 see what one of them intended, whatever the order in which it is stored", () => {
    const runs = sized(200, 1_000);
    let quarrels = 0;
    fc.assert(
      fc.property(
        fc.array(gesture, { minLength: 2, maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        (made, dice) => {
          const people = [new TestBoard(BOARD), new TestBoard(BOARD)] as const;
          for (const each of made) {
            const { editor } = people[each.by] as TestBoard;
            const element = editor.ports.replica.get(each.id) as Element;
            editor.change(new Map([[each.id, changed(element, each)]]));
          }
          const left = people.map(({ replica }) => replica.edits.map(({ ops }) => ops));
          const stored = new BoardDocument(new TestBoard(BOARD).replica.elements());
          const touched = [new Set<string>(), new Set<string>()];
          while (left.some((pushes) => pushes.length > 0)) {
            const by =
              left[1]?.length === 0 || (left[0]?.length !== 0 && dice.next().value) ? 0 : 1;
            const ops = left[by]?.shift() as readonly Op[];
            for (const [, id] of ops) touched[by]?.add(id as string);
            stored.apply(ops);
          }
          for (const id of ["b", "w"]) {
            const intended = people.map(({ replica }) => courseOf(replica.get(id)));
            expect(intended).toContain(courseOf(stored.get(id)));
            quarrels += Number(touched.every((ids) => ids.has(id)));
          }
        },
      ),
      { numRuns: runs },
    );
    report("S10", "coherent groups", { interleavings: runs, quarrels });
    expect(quarrels).toBeGreaterThan(runs / 4);
  });

  it("S10 is so for what the tools do: an arrow's end dragged, the arrow moved", () => {
    const pulls = new TestBoard(BOARD);
    pulls.editor.select(["w"]);
    pulls.drag([180, 140], [300, 300]);
    const moves = new TestBoard(BOARD);
    moves.editor.select(["w"]);
    moves.drag([140, 120], [190, 120]);
    for (const { replica } of [pulls, moves]) {
      expect(replica.edits).toHaveLength(1);
      const [op] = replica.edits[0]?.ops ?? [];
      expect(Object.keys((op?.[2] ?? {}) as object).sort()).toEqual([...COURSE].sort());
    }
  });
});
