import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

/** `INKWIRE_SEEDS=5000 npm test` for a long run, `INKWIRE_SEED=17` for one seed. */
const SEEDS = Number(process.env.INKWIRE_SEEDS ?? 200);
const ONLY = process.env.INKWIRE_SEED;
const STEPS = 250;

/**
 * Two to five pages with a server of the documented rules between them, and faults: cuts with everything on its way
 * lost, partial deliveries, lost answers, trims, restarts with another epoch, crashes of pages, refusals.
 */
describe("pages that edit the same board over a bad network", () => {
  it(`come to the same board, nothing lost, nothing doubled, from ${SEEDS} seeds`, () => {
    const seeds =
      ONLY === undefined ? Array.from({ length: SEEDS }, (_, i) => i + 1) : [Number(ONLY)];
    const failed: string[] = [];
    for (const seed of seeds) {
      try {
        new World(seed).run(STEPS);
      } catch (error) {
        failed.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(failed, `${failed.length} of ${seeds.length} seeds`).toEqual([]);
  }, 120_000);
});
