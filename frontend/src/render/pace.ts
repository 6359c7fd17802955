import type { Sheet } from "./sheet";

/** Tiles may take this much of a frame, in ms; what else a frame does comes first. */
const SLICE = 8;
/** While nobody touches anything, they may take more of it. */
const SLICE_AT_REST = 14;
const REST_AFTER = 200;
/** And most of all when a board has just come in whole: frames that show nothing new are no use. */
const SLICE_AT_LAST = 32;
/** While a board is loading, a tile that has a picture is painted anew only so often, ... */
const REFRESH_EVERY = 240;
/** ... and the more seldom the longer it takes: after this share of the time so far. */
const REFRESH_SHARE = 0.5;
/** And what is not in sight waits for the rest to come, for so long at most: it would be painted several times. */
const UNSEEN_AFTER = 1500;
/** While there is always something else to paint, the overview follows only so often. */
const OVERVIEW_EVERY = 2000;

/** What of the tiles and the overview may be painted in a frame. */
export interface Plan {
  /** A board is coming in. */
  readonly isLoading: boolean;
  /** What is not in sight waits for the rest to come. */
  readonly waits: boolean;
  /** Whether a tile that has a picture may be painted anew. */
  readonly mayRefresh: (sheet: Sheet) => boolean;
  /** Whether the overview may. */
  readonly mayFollow: (sheet: Sheet) => boolean;
}

/** How much of a frame tiles may take, and which of them can wait. Times are those of the frame clock, in ms. */
export class Pace {
  private bulkAt = Number.NEGATIVE_INFINITY;
  private loadingSince = Number.NEGATIVE_INFINITY;
  private busyAt = Number.NEGATIVE_INFINITY;
  private isLast = false;
  private resting = false;

  /** Much has come in at once. */
  cameIn(now: number): void {
    if (now - this.bulkAt >= REFRESH_EVERY) this.loadingSince = now;
    this.bulkAt = now;
  }

  /** Nothing more is on its way: what waited for it need not wait any longer. */
  loaded(): void {
    this.bulkAt = Number.NEGATIVE_INFINITY;
    this.isLast = true;
  }

  /** All that has come in is painted. */
  settled(): void {
    this.isLast = false;
  }

  /** How long tiles may be painted in the frame that begins; `busy`: somebody moves or changes something. */
  slice(now: number, busy: boolean): number {
    if (busy) this.busyAt = now;
    this.resting = now - this.busyAt > REST_AFTER || now - this.bulkAt < REST_AFTER;
    if (!this.resting) return SLICE;
    return this.isLast ? SLICE_AT_LAST : SLICE_AT_REST;
  }

  plan(now: number): Plan {
    const isLoading = now - this.bulkAt < REFRESH_EVERY;
    const every = Math.max(REFRESH_EVERY, (now - this.loadingSince) * REFRESH_SHARE);
    const mayRefresh = (sheet: Sheet) => !isLoading || now - sheet.paintedAt > every;
    return {
      isLoading,
      waits: isLoading && now - this.loadingSince < UNSEEN_AFTER,
      mayRefresh,
      // The overview is seen for moments only: whoever is busy need not wait for it.
      mayFollow: (sheet) =>
        mayRefresh(sheet) && (this.resting || now - sheet.paintedAt > OVERVIEW_EVERY),
    };
  }
}
