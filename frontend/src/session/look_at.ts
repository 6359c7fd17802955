import type { Box } from "../geometry/box";
import type { Camera } from "../render/camera";

/** Screen pixels left free around what is looked at: the chrome lies there. */
const MARGIN = 72;

/** Puts a box into the middle of the screen, whole, and no larger than at 100 %. */
export function lookAt(
  camera: Camera,
  size: { readonly width: number; readonly height: number },
  box: Box,
): void {
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  if (!(width >= 0) || !(height >= 0)) return;
  const margin = Math.min(MARGIN, size.width / 8, size.height / 8);
  const zoom = Math.min(
    1,
    (size.width - 2 * margin) / Math.max(width, 1),
    (size.height - 2 * margin) / Math.max(height, 1),
  );
  const centreX = (box.minX + box.maxX) / 2;
  const centreY = (box.minY + box.maxY) / 2;
  camera.set(centreX - size.width / zoom / 2, centreY - size.height / zoom / 2, zoom);
}
