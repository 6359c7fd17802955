/** The figures of a pen stroke (docs/drawing.md, section 3). */

export const PEN_SIZE = 4.25;
export const THINNING = 0.6;
export const HIGHLIGHTER_WIDTH = 8;
/** Closed when the last point is at most this far from the first. */
export const CLOSED_WITHIN = 8;

export function easing(t: number): number {
  return Math.sin((t * Math.PI) / 2);
}

/** Half the width of the ink at this pressure (0 to 1), as perfect-freehand has it. */
export function penRadius(strokeWidth: number, pressure: number): number {
  return strokeWidth * PEN_SIZE * easing(0.5 - THINNING * (0.5 - pressure));
}

/** The most that ink lies beside its points: the radius at full pressure. */
export const WIDEST_INK = PEN_SIZE * easing(0.5 + THINNING / 2);

/**
 * The pressure of a point that carries none, from how far it is from the one before: quick is light.
 * The rule of perfect-freehand (MIT).
 */
export function simulatedPressure(before: number, distance: number, strokeWidth: number): number {
  const speed = Math.min(1, distance / (strokeWidth * PEN_SIZE));
  const rate = Math.min(1, 1 - speed);
  return Math.min(1, before + (rate - before) * (speed * 0.275));
}
