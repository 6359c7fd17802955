// Writes tests/vectors/order.json: keys that the npm package fractional-indexing makes, in ascending order.
// Run from the project's root: node tools/vectors/order.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/frontend/package.json`);
const { generateKeyBetween, generateNKeysBetween } = await import(
  pathToFileURL(require.resolve("fractional-indexing")).href
);

const keys = generateNKeysBetween(null, null, 70);
keys.unshift(...generateNKeysBetween(null, keys[0], 70));
for (let turn = 0; turn < 60; turn += 1) {
  const at = turn % 2 === 0 ? 100 : (turn * 7) % (keys.length - 1);
  keys.splice(at + 1, 0, generateKeyBetween(keys[at], keys[at + 1]));
}
writeFileSync("tests/vectors/order.json", `${JSON.stringify({ keys })}\n`);
