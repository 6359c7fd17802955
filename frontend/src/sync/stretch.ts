import type { Commit, Merged, Op } from "../generated/protocol";

/** Commits `first` to `last` as they came: one, or several that the server has merged. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  /** Whose pushes they are: client and highest number. */
  readonly pushes: readonly (readonly [cid: string, n: number])[];
  /** What they do, and for each op the places in `pushes` of those who did it. */
  readonly ops: readonly (readonly [op: Op, by: readonly number[]])[];
}

const BY_ITS_AUTHOR = [0] as const;

export function ofCommit([seq, , , cid, n, , ops]: Commit): Stretch {
  return { first: seq, last: seq, pushes: [[cid, n]], ops: ops.map((op) => [op, BY_ITS_AUTHOR]) };
}

export function ofMerged([, first, last, pushes, ops]: Merged): Stretch {
  return { first, last, pushes, ops };
}
