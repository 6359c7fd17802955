/** The scene of the canvas bench: strokes as a hand draws them, spread evenly, from a seed. */
import type { Freedraw } from "../../frontend/src/generated/protocol";
import { encodePoints, type InkPoint } from "../../frontend/src/geometry/points";

const COLOURS = ["#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00", "#9c36b5"];
const SCREEN = { width: 1280, height: 720 };
export const PER_SCREEN = 100;

/** The generator of Tommy Ettinger's mulberry32 (public domain): small, seeded, good enough here. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` strokes of 40 to 60 points with pressure, 100 to a screen of 1280 x 720. */
export function makeStrokes(count: number, seed = 7): Freedraw[] {
  const random = seeded(seed);
  const screens = count / PER_SCREEN;
  const columns = Math.max(1, Math.round(Math.sqrt(screens)));
  const width = columns * SCREEN.width;
  const height = Math.max(1, screens / columns) * SCREEN.height;
  return Array.from({ length: count }, (_, i) => {
    const x = random() * width;
    const y = random() * height;
    return stroke(`s${i}`, orderKey(i), x, y, random);
  });
}

export function stroke(
  id: string,
  z: string,
  x: number,
  y: number,
  random: () => number,
): Freedraw {
  const count = 40 + Math.floor(random() * 21);
  const points: InkPoint[] = [];
  let angle = random() * 2 * Math.PI;
  let [px, py, pressure] = [0, 0, 0.3];
  for (let i = 0; i < count; i++) {
    points.push({ x: px, y: py, pressure, time: i * 8 });
    angle += (random() - 0.5) * 0.9;
    const step = 2 + random() * 4;
    px += Math.cos(angle) * step;
    py += Math.sin(angle) * step;
    pressure = Math.min(1, Math.max(0.1, pressure + (random() - 0.5) * 0.15));
  }
  return {
    type: "freedraw",
    id,
    place: [x, y, 1, 1, 0],
    z,
    opacity: 1,
    groups: [],
    frame: "",
    locked: false,
    link: "",
    color: COLOURS[Math.floor(random() * COLOURS.length)] ?? "#1e1e1e",
    strokeWidth: random() < 0.8 ? 1 : 2,
    fill: "transparent",
    points: encodePoints(points, { shift: 4, pressure: true, time: true }),
    brush: "pen",
    fillStyle: "solid",
  };
}

/** Keys in order, and such that others fit between them. */
export function orderKey(i: number): string {
  return `a0${String(i).padStart(7, "0")}V`;
}
