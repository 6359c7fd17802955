import type { Box } from "../geometry/box";
import type { Camera } from "./camera";

/** Where the screen looks in one frame, on whole device pixels, so that all layers agree. */
export interface Screen {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  /** Device pixels per world unit. */
  readonly scale: number;
  /** What of the world is seen. */
  readonly box: Box;
}

export function screenOf(
  camera: Camera,
  width: number,
  height: number,
  pixelRatio: number,
): Screen {
  const { zoom } = camera;
  const scale = zoom * pixelRatio;
  const x = Math.round(camera.x * scale) / scale;
  const y = Math.round(camera.y * scale) / scale;
  return {
    x,
    y,
    zoom,
    width,
    height,
    pixelRatio,
    scale,
    box: { minX: x, minY: y, maxX: x + width / zoom, maxY: y + height / zoom },
  };
}
