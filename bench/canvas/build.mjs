// Builds a page of the bench with the front end's own tools: node bench/canvas/build.mjs OUT_DIR [PAGE_DIR]
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const frontend = join(here, "../../frontend");
const vite = createRequire(join(frontend, "package.json")).resolve("vite");
const { build } = await import(pathToFileURL(vite).href);
await build({
  configFile: false,
  root: resolve(process.argv[3] ?? here),
  base: "./",
  logLevel: "error",
  build: {
    outDir: resolve(process.argv[2] ?? join(here, "dist")),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 10_000,
    reportCompressedSize: false,
  },
});
