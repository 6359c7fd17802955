import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Where `npm run dev` finds the server; `make run` serves the built files itself. */
const server = process.env.INKWIRE_DEV_SERVER ?? "http://127.0.0.1:8000";

/** Below this size a compressed copy saves no packet. */
const WORTH_BYTES = 1024;

/** Leaves a `.gz` beside every text that the server sends, so that nobody compresses it for each visitor. */
function compressedCopies(): Plugin {
  let folder = "";
  return {
    name: "compressed-copies",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue;
        const text = readFileSync(join(folder, name));
        if (text.length >= WORTH_BYTES)
          writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [compressedCopies()],
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
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
    },
  },
});
