import type { Frame } from "../../generated/protocol";
import { applyPlace, invertPlace, type Vec } from "../../geometry/place";
import { measureText } from "../text/measure";

/** CSS pixels: a frame's name keeps its size on the screen. */
export const NAME_HEIGHT = 14;
export const NAME_ABOVE = 6;
/** Below this zoom names would be larger than what they name, and are left out. */
export const SMALLEST_NAMED = 0.25;

export function nameOf(frame: Frame): string {
  return frame.name || "Frame";
}

/** The corner of the box that lies left and up as the frame sees itself, in the world. */
export function frameCorner({ place }: Frame): Vec {
  return applyPlace(place, place[2] < 0 ? 1 : 0, place[3] < 0 ? 1 : 0);
}

/** True where a click takes a frame by its name; `zoom` in CSS pixels per world unit. */
export function nameHit(frame: Frame, at: Vec, zoom: number, reach: number): boolean {
  if (zoom < SMALLEST_NAMED) return false;
  const { x, y } = frameCorner(frame);
  const [, , sx, , angle] = frame.place;
  const local = invertPlace([x, y, 1, 1, angle], at.x, at.y);
  const wide = Math.min(
    Math.abs(sx) * zoom,
    measureText(nameOf(frame), "sans", NAME_HEIGHT, 1).width,
  );
  const [px, py] = [local.x * zoom, local.y * zoom];
  return px >= -reach && px <= wide + reach && py >= -NAME_ABOVE - NAME_HEIGHT - reach && py <= 0;
}
