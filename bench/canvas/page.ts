/**
 * A board without a server: scenes are made or loaded here, the bench drives it with real input.
 * `?mode=plain` and `?mode=outlines` draw the same scene without layers, see plain.ts.
 */
import { decodeMulti, encode } from "../../frontend/node_modules/@msgpack/msgpack/dist.esm/index.mjs";
import "../../frontend/src/theme/fonts.css";
import type { ChangeSet } from "../../frontend/src/document/change_set";
import { resolve, toWire } from "../../frontend/src/document/wire_element";
import type { Element, Place, WireElement } from "../../frontend/src/generated/protocol";
import { encodePoints, type InkPoint } from "../../frontend/src/geometry/points";
import { type InkHandle, Stage } from "../../frontend/src/render/stage";
import { SpatialIndex } from "../../frontend/src/spatial/index";
import { PlainStage } from "./plain";
import { shuffle } from "./shuffle";
import { makeStrokes, orderKey, seeded, stroke } from "./strokes";

const elements = new Map<string, Element>();
let all: readonly Element[] = [];
const board = document.getElementById("board") as HTMLElement;
const index = new SpatialIndex();
const mode = new URLSearchParams(location.search).get("mode");
const world = {
  get size() {
    return elements.size;
  },
  title: "bench",
  get: (id: string) => elements.get(id),
  elements: () => elements.values(),
};
const layered = mode === null ? new Stage(board, world, index) : null;
const stage = layered ?? new PlainStage(board, elements, index, mode === "outlines");

function apply(changes: ChangeSet): void {
  for (const { id } of changes.removed) elements.delete(id);
  for (const { after } of changes.updated) elements.set(after.id, after);
  for (const element of changes.added) elements.set(element.id, element);
  index.apply(changes);
  if (layered !== null) layered.apply(changes);
  else stage.requestFrame();
}

function add(added: readonly Element[]): void {
  apply({ added, updated: [], removed: [] });
}

/** Loads elements as they travel, one msgpack map after the other. */
async function load(url: string): Promise<number> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const loaded: Element[] = [];
  for (const wire of decodeMulti(bytes)) loaded.push(resolve(wire as WireElement));
  add(loaded);
  return loaded.length;
}

/** Adds the strokes of the bench's scene; answers the ms until everything visible is sharp. */
async function scene(count: number): Promise<number> {
  const strokes = makeStrokes(count);
  const started = performance.now();
  add(strokes);
  fit();
  await settled();
  return performance.now() - started;
}

async function settled(): Promise<void> {
  if (layered !== null) await layered.whenSettled();
  else await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

function fit(padding = 40): void {
  const { minX, minY, maxX, maxY } = index.bounds();
  const { width, height } = stage.size;
  const zoom = Math.min(
    (width - 2 * padding) / (maxX - minX),
    (height - 2 * padding) / (maxY - minY),
  );
  const x = (minX + maxX) / 2 - width / 2 / zoom;
  const y = (minY + maxY) / 2 - height / 2 / zoom;
  stage.camera.set(x, y, zoom);
}

/** Shows this share of the world, in its middle; all of it with a margin. */
function show(share: number): void {
  if (share === 1) {
    fit();
    return;
  }
  const { minX, minY, maxX, maxY } = index.bounds();
  const { width, height } = stage.size;
  const zoom = Math.sqrt((width * height) / ((maxX - minX) * (maxY - minY) * share));
  const x = (minX + maxX) / 2 - width / 2 / zoom;
  const y = (minY + maxY) / 2 - height / 2 / zoom;
  stage.camera.set(x, y, zoom);
}

let ink: InkHandle | null = null;
let drawn: Element | null = null;
const random = seeded(99);

board.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    if (event.ctrlKey) {
      stage.camera.zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY / 200));
    } else {
      stage.camera.panBy(-event.deltaX, -event.deltaY);
    }
  },
  { passive: false },
);

const bench = {
  encode: encodePoints,
  makeStrokes,
  shuffle: (seed: number, steps: number) =>
    layered === null ? null : shuffle({ stage: layered, elements, apply }, seed, steps),
  /** Draws a stroke from the origin, a few points in each frame, and keeps the pen down. */
  async draw(points: readonly InkPoint[], simulated: boolean): Promise<void> {
    const look = stroke("drawn", orderKey(8_000_000), 0, 0, random);
    ink = layered?.startInk({ ...look, strokeWidth: 2, color: "#1e1e1e" }, simulated) ?? null;
    for (let i = 0; i < points.length; i += 3) {
      ink?.extend(points.slice(i, i + 3));
      await new Promise(requestAnimationFrame);
    }
    drawn = {
      ...look,
      strokeWidth: 2,
      color: "#1e1e1e",
      points: encodePoints(points, { pressure: !simulated }),
    };
    await settled();
  },
  async lift(): Promise<void> {
    if (drawn !== null) add([drawn]);
    ink?.end();
    await settled();
  },
  /** Strokes on a ground of one colour, so that every gap between them would show. */
  async ground(count: number): Promise<void> {
    const strokes = makeStrokes(count);
    const place: Place = [-50_000, -50_000, 140_000, 140_000, 0];
    const { points: _, brush: __, ...look } = stroke("ground", "Zz", 0, 0, random);
    const ground = { ...look, type: "rectangle", place, fill: "#ffd8a8", fillStyle: "solid" };
    const clean = { dash: "solid", roughness: 0, seed: 1, rounded: false };
    add([{ ...ground, ...clean } as Element, ...strokes]);
    await settled();
  },
  /** Paints everything anew. */
  async repaint(): Promise<void> {
    layered?.setTheme("dark");
    layered?.setTheme("light");
    await layered?.whenSettled();
  },
  stage,
  index,
  elements,
  add,
  apply,
  load,
  scene,
  settled,
  fit,
  show,
  /** Strokes of the scene as they travel, in base 64: for the server of another page. */
  wire(total: number, first: number, count: number): string {
    if (all.length !== total) all = makeStrokes(total);
    const bytes = encode(all.slice(first, first + count).map(toWire));
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  },
};
declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
