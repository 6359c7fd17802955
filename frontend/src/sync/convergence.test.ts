import { afterEach, describe, expect, it, vi } from "vitest";
import type { Commit } from "../generated/protocol";
import { report, SOAK, sized } from "../testing/sized";
import { Replica } from "./replica";
import { World } from "./testing/world";

/** `INKWIRE_SEEDS=5000 npm test` for a long run, `INKWIRE_SEED=17` for one seed. */
const SEEDS = Number(process.env.INKWIRE_SEEDS ?? sized(200, 5000));
const ONLY = process.env.INKWIRE_SEED;
const STEPS = 250;
/** A bug that somebody plants must not live longer than this. */
const SEEDS_TO_FIND = 50;
const MINUTES = SOAK ? 30 : 2;

function failures(seeds: readonly number[]): string[] {
  const failed: string[] = [];
  for (const seed of seeds) {
    try {
      new World(seed).run(STEPS);
    } catch (error) {
      failed.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed;
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/**
 * Two to five pages with a server of the documented rules between them, and faults: cuts with everything on its way
 * lost, partial deliveries, lost answers, trims, restarts with another epoch, crashes of pages, refusals.
 */
describe("pages that edit the same board over a bad network", () => {
  it(
    `S1 come to the same board, nothing lost, nothing doubled, from ${SEEDS} seeds`,
    () => {
      const seeds = ONLY === undefined ? upTo(SEEDS) : [Number(ONLY)];
      const failed = failures(seeds);
      report("S1", "pages over a bad network", { seeds: seeds.length, diverged: failed.length });
      expect(failed, `${failed.length} of ${seeds.length} seeds`).toEqual([]);
    },
    MINUTES * 60_000,
  );
});

/** Bugs in how commits reach a page, each as small as such bugs are. */
describe("the test of convergence", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** The first seed that notices when `spoil` stands between a page and what it receives. */
  function firstToNotice(
    spoil: (replica: Replica, commits: readonly Commit[]) => Commit[],
  ): number {
    const receive = Replica.prototype.receive;
    vi.spyOn(Replica.prototype, "receive").mockImplementation(function (this: Replica, commits) {
      return receive.call(this, spoil(this, commits));
    });
    for (const seed of upTo(SEEDS_TO_FIND)) if (failures([seed]).length > 0) return seed;
    return Number.POSITIVE_INFINITY;
  }

  it("S1 notices within 50 seeds that two deliveries were swapped", () => {
    const seed = firstToNotice((_, commits) => {
      const [first, second, ...rest] = commits;
      if (first === undefined || second === undefined) return [...commits];
      // Each under the other's number, as if the server had ordered them so: no gap gives it away.
      return [withOps(first, second), withOps(second, first), ...rest];
    });
    report("S1", "two deliveries swapped", { found_by_seed: seed });
    expect(seed).toBeLessThanOrEqual(SEEDS_TO_FIND);
  });

  it("S1 notices within 50 seeds that one delivery was applied twice", () => {
    const before = new WeakMap<Replica, Commit>();
    const seed = firstToNotice((replica, commits) =>
      commits.map((commit) => {
        const last = before.get(replica);
        before.set(replica, commit);
        if (last === undefined || last[0] >= commit[0]) return commit;
        const [seq, at, person, cid, n, gesture, ops] = commit;
        return [seq, at, person, cid, n, gesture, [...ops, ...last[6]]];
      }),
    );
    report("S1", "one delivery applied twice", { found_by_seed: seed });
    expect(seed).toBeLessThanOrEqual(SEEDS_TO_FIND);
  });

  it("S1 notices within 50 seeds that one delivery was left out", () => {
    const seed = firstToNotice((_, commits) =>
      commits.map((commit) => (commit[0] % 10 === 0 ? withOps(commit) : commit)),
    );
    report("S1", "one delivery left out", { found_by_seed: seed });
    expect(seed).toBeLessThanOrEqual(SEEDS_TO_FIND);
  });
});

/** A commit with what another did; with nothing, without another. */
function withOps([seq, at, person, cid, n, gesture]: Commit, other?: Commit): Commit {
  return [seq, at, person, cid, n, gesture, other?.[6] ?? []];
}
