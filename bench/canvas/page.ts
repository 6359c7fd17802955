/**
 * A board without a server: scenes are made or loaded here, the bench drives it with real input.
 * `?mode=plain` and `?mode=outlines` draw the same scene without layers, see plain.ts.
 */
import { decodeMulti } from "../../frontend/node_modules/@msgpack/msgpack/dist.esm/index.mjs";
import "../../frontend/src/theme/fonts.css";
import type { ChangeSet } from "../../frontend/src/document/change_set";
import { resolve } from "../../frontend/src/document/wire_element";
import type { Element, Place, WireElement } from "../../frontend/src/generated/protocol";
import { encodePoints, type InkPoint } from "../../frontend/src/geometry/points";
import { type InkHandle, Stage } from "../../frontend/src/render/stage";
import { SpatialIndex } from "../../frontend/src/spatial/index";
import { PlainStage } from "./plain";
import { shuffle } from "./shuffle";
import { makeStrokes, orderKey, seeded, stroke } from "./strokes";

const elements = new Map<string, Element>();
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

function moved(before: Element, dx: number, dy: number): Element {
  const [x, y, sx, sy, angle] = before.place;
  const place: Place = [x + dx, y + dy, sx, sy, angle];
  return { ...before, place };
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

/** Shows this share of the world's width, in its middle. */
function showShare(share: number): void {
  const { minX, minY, maxX, maxY } = index.bounds();
  const { width, height } = stage.size;
  const zoom = Math.sqrt((width * height) / ((maxX - minX) * (maxY - minY) * share));
  const x = (minX + maxX) / 2 - width / 2 / zoom;
  const y = (minY + maxY) / 2 - height / 2 / zoom;
  stage.camera.set(x, y, zoom);
}

let tool: "pan" | "pen" | "drag" | "erase" = "pan";
let ink: InkHandle | null = null;
let drawn: Element | null = null;
let from = { x: 0, y: 0 };
let selected: string[] = [];
let erased = new Set<string>();
let serial = 0;
const random = seeded(99);

function worldPoint(event: PointerEvent) {
  return stage.camera.toWorld(event.offsetX, event.offsetY);
}

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

board.addEventListener("pointerdown", (event) => {
  from = worldPoint(event);
  if (tool === "pen" && layered !== null) {
    const element = stroke(`pen${serial++}`, orderKey(9_000_000 + serial), from.x, from.y, random);
    ink = layered.startInk({ ...element, points: new Uint8Array(0) });
    ink.extend([{ x: 0, y: 0, pressure: 0.5 }]);
  }
});

board.addEventListener("pointermove", (event) => {
  if (event.buttons === 0) return;
  const at = worldPoint(event);
  if (tool === "pan") stage.camera.panBy(event.movementX, event.movementY);
  else if (tool === "pen" && ink !== null) {
    const points = event.getCoalescedEvents().map((one) => {
      const spot = worldPoint(one);
      return { x: spot.x - from.x, y: spot.y - from.y, pressure: 0.5, time: one.timeStamp };
    });
    ink.extend(points);
  } else if (tool === "drag" && layered !== null) {
    const places = new Map<string, Place>();
    for (const id of selected) {
      const element = elements.get(id);
      if (element !== undefined) places.set(id, moved(element, at.x - from.x, at.y - from.y).place);
    }
    layered.setMoves(places);
  } else if (tool === "erase" && layered !== null) {
    const hit = index.topAt(at.x, at.y, 6 / stage.camera.zoom);
    if (hit !== undefined && !erased.has(hit.id)) {
      erased = new Set(erased).add(hit.id);
      layered.setFaded(erased);
    }
  }
});

board.addEventListener("pointerup", (event) => {
  const at = worldPoint(event);
  if (tool === "drag" && layered !== null) {
    const updated = selected.flatMap((id) => {
      const before = elements.get(id);
      return before === undefined
        ? []
        : [{ before, after: moved(before, at.x - from.x, at.y - from.y) }];
    });
    layered.setMoves(null);
    apply({ added: [], updated, removed: [] });
  } else if (tool === "erase" && layered !== null) {
    const removed = [...erased].flatMap((id) => elements.get(id) ?? []);
    apply({ added: [], updated: [], removed });
    layered.setFaded(new Set());
    erased = new Set();
  } else if (tool === "pen" && ink !== null) {
    add([stroke(`done${serial}`, orderKey(9_500_000 + serial), from.x, from.y, random)]);
    ink.end();
    ink = null;
  }
});

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
  showShare,
  setTool(name: typeof tool): void {
    tool = name;
  },
  /** Selects the elements nearest to the middle of the screen. */
  select(count: number): number {
    const { width, height } = stage.size;
    const middle = stage.camera.toWorld(width / 2, height / 2);
    const far = (element: Element) =>
      (element.place[0] - middle.x) ** 2 + (element.place[1] - middle.y) ** 2;
    selected = [...elements.values()]
      .sort((a, b) => far(a) - far(b))
      .slice(0, count)
      .map(({ id }) => id);
    return selected.length;
  },
  /** Moves `perFrame` strokes a little in each frame, as others' edits do, until stopped. */
  remoteEdits(perSecond: number): () => void {
    const all = [...elements.keys()];
    let last = performance.now();
    let owed = 0;
    let running = true;
    const step = (now: number) => {
      if (!running) return;
      owed += ((now - last) * perSecond) / 1000;
      last = now;
      const updated = [];
      for (; owed >= 1; owed--) {
        const before = elements.get(all[Math.floor(random() * all.length)] ?? "");
        if (before === undefined) continue;
        updated.push({ before, after: moved(before, random() * 10 - 5, random() * 10 - 5) });
      }
      if (updated.length > 0) apply({ added: [], updated, removed: [] });
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    return () => {
      running = false;
    };
  },
};
declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
