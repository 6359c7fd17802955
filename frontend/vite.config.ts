import { resolve } from "node:path";
import { defineConfig } from "vite";
import { chunkOf } from "./bundling/chunks.ts";
import { compressedCopies } from "./bundling/compressed_copies.ts";
import { iconsAlone } from "./bundling/icons_alone.ts";
import { squeeze } from "./bundling/squeeze.ts";
import { wordsInPlace } from "./bundling/words_in_place.ts";

/** Where `npm run dev` finds the server; `make run` serves the built files itself. */
const server = process.env.INKWIRE_DEV_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [iconsAlone(), wordsInPlace(), squeeze(), compressedCopies()],
  build: {
    // Inside the Python package, so that the wheel carries it and the server finds it beside its own code.
    outDir: "../backend/inkwire/web/static",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    // The Content-Security-Policy allows files of our own only: no inline script, no data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // tools/bundle_size.py reads it: which chunk imports which.
    manifest: "chunks.json",
    reportCompressedSize: false,
    rolldownOptions: {
      // The second minifier takes its time.
      checks: { pluginTimings: false },
      // Constants of other files become their values: fewer bytes than their names.
      optimization: { inlineConst: { mode: "all", pass: 3 } },
      output: {
        codeSplitting: {
          groups: [{ debugName: "parts", name: chunkOf(resolve(import.meta.dirname, "src")) }],
          // Each part is whole already: nobody else's modules come along.
          includeDependenciesRecursively: false,
        },
      },
    },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
    },
  },
});
