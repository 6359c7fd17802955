/** Excalidraw with the scene of the bench, behind the words of a bench page. */
import { CaptureUpdateAction, Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { decodePoints } from "../../../frontend/src/geometry/points";
import { makeStrokes, seeded } from "../strokes";

const api = await new Promise((ready) => {
  const editor = createElement(Excalidraw, { excalidrawAPI: ready });
  createRoot(document.getElementById("board")).render(editor);
});
const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
const settled = async () => {
  for (let i = 0; i < 3; i++) await frame();
};
const random = seeded(99);
let world = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
let editing = 0;

function toElement(stroke, i) {
  const decoded = decodePoints(stroke.points);
  const xs = decoded.map(({ x }) => x);
  const ys = decoded.map(({ y }) => y);
  const [x, y] = stroke.place;
  return {
    type: "freedraw",
    id: stroke.id,
    x,
    y,
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
    angle: 0,
    strokeColor: stroke.color,
    backgroundColor: "transparent",
    fillStyle: "solid",
    strokeWidth: stroke.strokeWidth,
    strokeStyle: "solid",
    roughness: 1,
    opacity: 100,
    groupIds: [],
    frameId: null,
    index: null,
    roundness: null,
    seed: i + 1,
    version: 1,
    versionNonce: i + 1,
    isDeleted: false,
    boundElements: null,
    updated: 1,
    link: null,
    locked: false,
    points: decoded.map((point) => [point.x, point.y]),
    pressures: decoded.map(({ pressure }) => pressure),
    simulatePressure: false,
    lastCommittedPoint: null,
  };
}

function look({ scrollX, scrollY, zoom }) {
  const appState = { scrollX, scrollY, zoom: { value: zoom } };
  api.updateScene({ appState, captureUpdate: CaptureUpdateAction.NEVER });
}

window.bench = {
  async scene(count) {
    const elements = makeStrokes(count).map(toElement);
    for (const { x, y } of elements) {
      world = {
        minX: Math.min(world.minX, x),
        minY: Math.min(world.minY, y),
        maxX: Math.max(world.maxX, x),
        maxY: Math.max(world.maxY, y),
      };
    }
    const started = performance.now();
    api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
    this.show(1);
    await settled();
    return performance.now() - started;
  },
  /** At its smallest zoom, 10 %, not all of a large world is seen. */
  show(share) {
    const { minX, minY, maxX, maxY } = world;
    const [wide, high] = [maxX - minX, maxY - minY];
    const [width, height] = [innerWidth, innerHeight];
    const fit = Math.min((width - 80) / wide, (height - 80) / high);
    const zoom = Math.max(0.1, share === 1 ? fit : Math.sqrt((width * height) / (wide * high * share)));
    const scrollX = width / 2 / zoom - (minX + maxX) / 2;
    const scrollY = height / 2 / zoom - (minY + maxY) / 2;
    look({ scrollX, scrollY, zoom });
  },
  settled,
  places: () => Object.fromEntries(api.getSceneElements().map(({ id, x, y }) => [id, [x, y]])),
  take(tool) {
    const type = { pen: "freedraw", eraser: "eraser", select: "selection" }[tool];
    api.setActiveTool({ type });
  },
  /** Selects the strokes nearest to the middle of the screen. */
  select(count) {
    const { scrollX, scrollY, zoom } = api.getAppState();
    const x = innerWidth / 2 / zoom.value - scrollX;
    const y = innerHeight / 2 / zoom.value - scrollY;
    const far = (element) => (element.x - x) ** 2 + (element.y - y) ** 2;
    const near = [...api.getSceneElements()].sort((a, b) => far(a) - far(b)).slice(0, count);
    const selectedElementIds = Object.fromEntries(near.map(({ id }) => [id, true]));
    api.updateScene({ appState: { selectedElementIds }, captureUpdate: CaptureUpdateAction.NEVER });
    return {
      x: (near[0].x + scrollX) * zoom.value,
      y: (near[0].y + scrollY) * zoom.value,
    };
  },
  startEdits(perSecond) {
    let last = performance.now();
    let owed = 0;
    editing = setInterval(() => {
      const now = performance.now();
      owed += ((now - last) * perSecond) / 1000;
      last = now;
      if (owed < 1) return;
      const elements = [...api.getSceneElementsIncludingDeleted()];
      for (; owed >= 1; owed--) {
        const i = Math.floor(random() * elements.length);
        const before = elements[i];
        elements[i] = {
          ...before,
          x: before.x + random() * 10 - 5,
          y: before.y + random() * 10 - 5,
          version: before.version + 1,
          versionNonce: Math.floor(random() * 2 ** 31),
        };
      }
      api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
    }, 1000 / perSecond);
  },
  stopEdits() {
    clearInterval(editing);
  },
};
