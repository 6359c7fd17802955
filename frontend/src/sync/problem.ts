import { CLOSE_CODES } from "../generated/limits";

/** Why the page stays offline until somebody does something; the chrome has words for each. */
export type ProblemKind =
  | "no-such-board"
  | "no-access"
  | "bad-link"
  | "newer-version"
  | "room-full"
  | "opened-elsewhere"
  | "not-understood";

export interface Problem {
  readonly kind: ProblemKind;
  readonly code: number;
}

const KINDS: ReadonlyMap<number, ProblemKind> = new Map([
  [CLOSE_CODES.noSuchBoard, "no-such-board"],
  [CLOSE_CODES.forbidden, "no-access"],
  [CLOSE_CODES.badToken, "bad-link"],
  [CLOSE_CODES.wrongVersion, "newer-version"],
  [CLOSE_CODES.roomFull, "room-full"],
  [CLOSE_CODES.superseded, "opened-elsewhere"],
]);

export function problemOf(code: number): Problem {
  return { kind: KINDS.get(code) ?? "not-understood", code };
}

/** Codes that say: a frame of yours cannot be read. */
export function blamesOurFrames(code: number): boolean {
  return (
    code === CLOSE_CODES.malformed || code === CLOSE_CODES.notAFrame || code === CLOSE_CODES.tooBig
  );
}
