import type { ReadonlyDocument } from "../document/change_set";
import type { Element, Op } from "../generated/protocol";

/** A push that no commit has confirmed yet. */
export interface PendingPush {
  readonly cid: string;
  readonly n: number;
  readonly gesture: string;
  readonly ops: readonly Op[];
}

/** The board as the server confirmed it, at a position. */
export interface ConfirmedState {
  readonly epoch: string;
  readonly seq: number;
  readonly title: string;
  readonly elements: Iterable<Element>;
}

/**
 * Where pending pushes are kept until they are confirmed. Calls return at once and take effect in their order;
 * what goes wrong is told to whoever listens to the journal, never to the caller.
 */
export interface Journal {
  append(pushes: readonly PendingPush[]): void;
  /** Forgets all pushes of `cid` up to `n`. */
  confirm(cid: string, n: number): void;
  /** Forgets some and keeps others instead, all or nothing. */
  replace(old: readonly PendingPush[], now: readonly PendingPush[]): void;
}

/** The confirmed side of a replica, for whoever saves it. */
export interface ConfirmedSource {
  readonly position: { readonly epoch: string; readonly seq: number } | null;
  readonly confirmed: ReadonlyDocument;
}

/** Keeps nothing: for tests, and for browsers without storage. */
export const NO_JOURNAL: Journal = {
  append: () => undefined,
  confirm: () => undefined,
  replace: () => undefined,
};
