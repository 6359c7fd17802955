/** Of a picture that is shown small a small copy is enough; sizes are those of the longer side, in pixels. */

/** No copy is smaller: it would save nothing. */
export const SMALLEST_LEVEL = 64;
/** No copy is larger: more than a screen shows, and the most that is unpacked. */
export const LARGEST_LEVEL = 4096;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The level for a picture that is shown so many device pixels long: a power of two, at most the picture itself. */
export function levelFor(pixels: number, longest: number): number {
  const most = Math.min(longest, LARGEST_LEVEL);
  let level = SMALLEST_LEVEL;
  while (level < pixels && level < most) level *= 2;
  return Math.min(level, most);
}

/** What a picture's copy of a level measures; never less than a pixel. */
export function sizeAt(level: number, { width, height }: Size): Size {
  const share = level / Math.max(width, height, 1);
  return {
    width: Math.max(1, Math.round(width * share)),
    height: Math.max(1, Math.round(height * share)),
  };
}

/** Of the levels at hand the best for showing `wanted`: the smallest that is large enough, else the largest. */
export function bestOf(levels: Iterable<number>, wanted: number): number | undefined {
  let best: number | undefined;
  for (const level of levels) {
    if (best === undefined) best = level;
    else if (best < wanted ? level > best : level >= wanted && level < best) best = level;
  }
  return best;
}

/** Whether what is at hand will do: not too coarse, and not so large that drawing it is slow. */
export function isGoodEnough(level: number, wanted: number): boolean {
  return level >= wanted && level <= wanted * 4;
}
