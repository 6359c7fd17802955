import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["src/testing/deterministic.ts"],
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "bundling/*.test.ts"],
    environment: "node",
    // Golden vectors and model sequences are whole tests of their own: slower than a unit, still bounded.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
