import type { Vec } from "../../geometry/place";

/** A line of the world that says what something has snapped to; `gap`: a distance that comes again. */
export interface Guide {
  readonly from: Vec;
  readonly to: Vec;
  readonly gap?: true;
}

export interface Snap {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

export const NO_SNAP: Snap = { dx: 0, dy: 0, guides: [] };
