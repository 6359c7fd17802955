// Writes tests/vectors/rough.json: sketched shapes as the npm package roughjs makes them.
// Run from the project's root: node tools/vectors/rough.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/frontend/package.json`);
const bundle = join(dirname(require.resolve("roughjs")), "rough.esm.js");
const { default: rough } = await import(pathToFileURL(bundle).href);

// A hachure may ask Math.random when its own number is 0; none of these seeds may.
Math.random = () => {
  throw new Error("this vector would not be the same each time");
};

const BLOB = [[0, 0], [100, 20], [50, 90], [-20, 40], [0, 0]];
const TRIANGLE = [[3, -4], [80.5, 20], [50, 60]];
const CROSSED = [[0, 0], [90, 70], [90, 0], [0, 70], [3, 3]];
const ROUNDED =
  "M 10 0 L 90 0 Q 100 0, 100 10 L 100 50 Q 100 60, 90 60 L 10 60 Q 0 60, 0 50 L 0 10 Q 0 0, 10 0";
const LEAF = "M 10 0 L 90 5 C 130 40, 60 80, 20 60 C -10 50, 0 20, 10 0";
const SHAPES = {
  rectangle: [90.5, 60.25],
  square: [14, 14],
  ellipse: [60, 45, 120, 90],
  polygon: [CROSSED],
  linearPath: [TRIANGLE],
  two: [[[0, 0], [40, 3]]],
  long: [[[0, 0], [300, 40], [950, 20]]],
  curve: [BLOB],
  curve3: [TRIANGLE],
  curve2: [[[0, 0], [100, 20]]],
  curve1: [[[5, 5]]],
  path: [ROUNDED],
  leaf: [LEAF],
};
const METHODS = {
  square: "rectangle",
  two: "linearPath",
  long: "linearPath",
  curve3: "curve",
  curve2: "curve",
  curve1: "curve",
  leaf: "path",
};
const OPEN = new Set(["linearPath", "two", "long", "curve2", "curve1"]);
const FILLS = ["", "solid", "hachure", "cross-hatch", "zigzag"];
const PENS = [
  { seed: 7, roughness: 1, strokeWidth: 2 },
  { seed: 1968410350, roughness: 2, strokeWidth: 4 },
  { seed: 2147483647, roughness: 0, strokeWidth: 3 },
  { seed: 123456, roughness: 0.5, strokeWidth: 2.5 },
];

const generator = rough.generator();
const cases = [];
for (const [pen, { seed, roughness, strokeWidth }] of PENS.entries()) {
  for (const [shape, numbers] of Object.entries(SHAPES)) {
    for (const fill of FILLS) {
      // Fewer cases where a fill is never asked for, and where it repeats what another shows.
      if (fill && (OPEN.has(shape) || (pen > 1 && fill !== "solid"))) continue;
      const single = pen === 3;
      const keep = shape === "path" || roughness < 2;
      const options = {
        seed,
        roughness,
        strokeWidth,
        stroke: "#000000",
        fillWeight: strokeWidth / 2,
        hachureGap: strokeWidth * 4,
        disableMultiStroke: single,
        preserveVertices: keep,
        curveFitting: shape === "ellipse" ? 1 : 0.95,
        ...(fill ? { fill: "#ff0000", fillStyle: fill } : {}),
      };
      const method = METHODS[shape] ?? shape;
      const at = method === "rectangle" ? [0, 0] : [];
      const { sets } = generator[method](...at, ...structuredClone(numbers), options);
      cases.push({
        shape,
        fill,
        pencil: { seed, roughness, single, keep },
        gap: strokeWidth * 4,
        sets: sets.map(({ type, ops }) => [
          type,
          ops.map(({ op, data }) => [
            { move: "M", lineTo: "L", bcurveTo: "C" }[op],
            ...data.map((number) => Math.round(number * 1e7) / 1e7),
          ]),
        ]),
      });
    }
  }
}
const shapes = { rectangle: SHAPES.rectangle, square: SHAPES.square, ellipse: SHAPES.ellipse };
const points = { CROSSED, TRIANGLE, BLOB };
writeFileSync("tests/vectors/rough.json", `${JSON.stringify({ shapes, points, cases })}\n`);
