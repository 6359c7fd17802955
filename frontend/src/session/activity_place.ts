import type { ActivityEvent } from "../ui/activity/activity_model";
import type { Sight } from "./board_address";

/** About what a window shows of the world, in its units at zoom 1. */
const VIEW = { width: 1_000, height: 640 };
const LEAST_ZOOM = 0.05;

/** Where an event happened: its elements, or the place where they were; null if nobody knows. */
export function sightOfEvent({ type, elements = [], place }: ActivityEvent): Sight | null {
  // What was deleted is no longer there to be shown, but its place is.
  if (type !== "deleted" && elements.length > 0) return { kind: "elements", ids: elements };
  if (place === undefined) return null;
  const [x, y, width, height] = place;
  const zoom = Math.min(1, VIEW.width / Math.max(1, width), VIEW.height / Math.max(1, height));
  return {
    kind: "view",
    x: x + width / 2,
    y: y + height / 2,
    zoom: Math.max(LEAST_ZOOM, zoom),
  };
}
