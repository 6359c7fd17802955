// Writes tests/vectors/outline.json: outlines of strokes as the npm package perfect-freehand makes them.
// Run from the project's root: node tools/vectors/outline.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/frontend/package.json`);
const { getStroke } = await import(pathToFileURL(require.resolve("perfect-freehand")).href);

let state = 1;
function random() {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
}

function wander(count, step) {
  const points = [[0, 0]];
  let angle = 0;
  for (let i = 1; i < count; i += 1) {
    angle += (random() - 0.5) * 1.4;
    const far = step * (0.2 + random() * 1.8);
    const [x, y] = points[i - 1];
    points.push([x + Math.cos(angle) * far, y + Math.sin(angle) * far]);
  }
  return points;
}

const strokes = [
  [[3, 4]],
  [[3, 4], [3, 4]],
  [[0, 0], [0.4, 0]],
  [[0, 0], [50, 20]],
  [[0, 0], [50, 20], [0, 0]],
  [[0, 0], [10, 0], [20, 0], [10, 0], [0, 0.5]],
  [[0, 0], [5, 5], [5, 5], [5, 5], [9, 2]],
  ...[3, 10, 40, 90].map((count) => wander(count, 4)),
  wander(60, 0.5),
  wander(25, 40),
];
const cases = [];
for (const points of strokes) {
  for (const [strokeWidth, pressed] of [[1, false], [4, false], [2, true]]) {
    const input = pressed ? points.map(([x, y]) => [x, y, Math.round(random() * 255) / 255]) : points;
    const outline = getStroke(input, {
      size: strokeWidth * 4.25,
      thinning: 0.6,
      smoothing: 0.5,
      streamline: 0.5,
      easing: (t) => Math.sin((t * Math.PI) / 2),
      simulatePressure: !pressed,
      last: true,
    });
    cases.push({
      strokeWidth,
      pressed,
      points: input,
      outline: outline.map((point) => point.map((number) => Math.round(number * 1e8) / 1e8)),
    });
  }
}
writeFileSync("tests/vectors/outline.json", `${JSON.stringify({ cases })}\n`);
