import { expect, test } from "vitest";
import { resolve } from "../document/wire_element";
import type { Element, WireElement } from "../generated/protocol";
import { encodePoints } from "../geometry/points";
import { excalidrawElements } from "./excalidraw_clipboard";
import { linePoints } from "./local_points";

const made = (wire: Record<string, unknown>): Element =>
  resolve({ z: "a0", ...wire } as never as WireElement);

const BOX = made({
  id: "box",
  type: "rectangle",
  place: [0, 0, 40, 20, 0],
  opacity: 0.5,
  rounded: true,
});
const WORDS = made({
  id: "words",
  type: "text",
  place: [0, 0, 40, 20, 0],
  container: "box",
  text: "hi",
});
const ARROW = made({
  id: "arrow",
  type: "arrow",
  place: [100, 50, 2, 1, 0],
  points: linePoints([
    { x: 0, y: 0 },
    { x: 10, y: 20 },
  ]),
  start: { to: "box" },
  end: { to: "elsewhere" },
  endHead: "crowfoot-many",
  groups: ["g"],
});

test("a shape, its words and an arrow on it know of each other, and of nothing that was not copied", () => {
  const [box, words, arrow] = excalidrawElements([BOX, WORDS, ARROW]) ?? [];
  expect(box).toMatchObject({
    type: "rectangle",
    opacity: 50,
    roundness: { type: 3 },
    boundElements: [
      { id: "words", type: "text" },
      { id: "arrow", type: "arrow" },
    ],
  });
  expect(words).toMatchObject({ type: "text", containerId: "box", fontFamily: 5 });
  expect(arrow).toMatchObject({
    x: 100,
    y: 50,
    points: [
      [0, 0],
      [20, 20],
    ],
    startBinding: { elementId: "box" },
    endBinding: null,
    endArrowhead: "crowfoot_many",
    groupIds: ["g"],
  });
});

test("what is turned is turned about its middle there", () => {
  const turned = made({ id: "t", type: "ellipse", place: [100, 0, 40, 20, Math.PI / 2] });
  expect(excalidrawElements([turned])?.[0]).toMatchObject({ x: 70, y: 10, width: 40, height: 20 });
});

test("ink has a pressure for each point if the pen told one", () => {
  const ink = (pressures: readonly number[]) =>
    made({
      id: "ink",
      type: "freedraw",
      place: [0, 0, 1, 1, 0],
      points: encodePoints(
        pressures.map((pressure, x) => ({ x, y: 0, pressure, time: 0 })),
        { pressure: true, shift: 4 },
      ),
    });
  expect(excalidrawElements([ink([0.5, 0.5])])?.[0]).toMatchObject({ simulatePressure: true });
  const [pressed] = excalidrawElements([ink([0.2, 0.8])]) ?? [];
  expect(pressed).toMatchObject({ simulatePressure: false });
  expect(pressed?.pressures).toHaveLength(2);
});

test("a scene too large for a text is left to our own format", () => {
  const points = new Uint8Array(500_000);
  expect(
    excalidrawElements([made({ id: "i", type: "freedraw", place: [0, 0, 1, 1, 0], points })]),
  ).toBeNull();
});
