import type { ChangeSet } from "../document/change_set";
import type { Element, Op } from "../generated/protocol";

/** What a replica tells those who listen to it. */

/** Whose doing a change of the view is. */
export type Cause = "own" | "remote" | "snapshot" | "refused";

/**
 * `touched` names properties that others wrote, also where the view did not change because an edit of one's own
 * that is still on its way hides theirs.
 */
export type ViewChange = [
  changes: ChangeSet,
  cause: Cause,
  touched?: ReadonlyMap<string, ReadonlySet<string>>,
];

/** An edit that the server will never take; it is gone from the view. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly gesture: string;
  readonly ops: readonly Op[];
}

/** The server's board is not the one that was here: restored from a backup, or of another history. */
export interface Rewind {
  /** It is older than what was here; otherwise it may be newer, and only its history is another. */
  readonly older: boolean;
  /** What the server had confirmed before. */
  readonly was: ReadonlyMap<string, Element>;
}

/** The ids of confirmed elements that changed, or "all" after a snapshot. */
export type ConfirmedChange = Iterable<string> | "all";
