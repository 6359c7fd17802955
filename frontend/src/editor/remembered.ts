/** Under which names the browser remembers what somebody has chosen. */

/** The bare wheel zooms. */
export const WHEEL_ZOOMS = "inkwire.wheel-zooms";
/** What moves comes to lie in line with other elements. */
export const SNAPS = "inkwire.snaps-to-objects";
/** The map in the corner. */
export const MINIMAP = "inkwire.minimap";
