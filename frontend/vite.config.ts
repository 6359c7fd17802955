import { defineConfig } from "vite";

/** Where `npm run dev` finds the server; `make run` serves the built files itself. */
const server = process.env.INKWIRE_DEV_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
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
