/**
 * Writes docs/keys.md out of the commands; with --check it only says whether the file is current.
 *
 *     node scripts/keys.mjs [--check]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const path = fileURLToPath(new URL("../../docs/keys.md", import.meta.url));
const vite = await createServer({
  configFile: false,
  root: fileURLToPath(new URL("..", import.meta.url)),
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
try {
  const { COMMANDS } = await vite.ssrLoadModule("/src/commands/registry.ts");
  const { keysDocument } = await vite.ssrLoadModule("/src/ui/board/keys_document.ts");
  const text = keysDocument(COMMANDS.all);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    process.stderr.write("docs/keys.md is not what the commands say: run `make keys`.\n");
    process.exitCode = 1;
  }
} finally {
  await vite.close();
}
