import { type Box, isEmpty, union } from "../../../geometry/box";
import type { Vec } from "../../../geometry/place";

/** How the world lies on the map: map = (world - (x, y)) * scale, in CSS pixels. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A share of the larger side of what is shown that is left free on each side. */
const ROOM = 0.04;

/** The view that shows all that is drawn and where one looks, in the middle of a map of this size. */
export function mapView(content: Box, view: Box, width: number, height: number): MapView {
  const all = isEmpty(content) ? view : union(content, view);
  const across = Math.max(all.maxX - all.minX, 1);
  const down = Math.max(all.maxY - all.minY, 1);
  const room = Math.max(across, down) * ROOM;
  const scale = Math.min(width / (across + 2 * room), height / (down + 2 * room));
  return {
    x: (all.minX + all.maxX - width / scale) / 2,
    y: (all.minY + all.maxY - height / scale) / 2,
    scale,
  };
}

export function onMap({ x, y, scale }: MapView, box: Box) {
  return {
    x: (box.minX - x) * scale,
    y: (box.minY - y) * scale,
    width: (box.maxX - box.minX) * scale,
    height: (box.maxY - box.minY) * scale,
  };
}

export function inWorld({ x, y, scale }: MapView, mapX: number, mapY: number): Vec {
  return { x: x + mapX / scale, y: y + mapY / scale };
}
