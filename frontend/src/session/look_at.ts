import type { Box } from "../geometry/box";
import type { Camera } from "../render/camera";

/** Screen pixels left free above and below what is looked at, where the chrome lies, and beside it. */
const MARGIN = 72;
const SIDE_MARGIN = 0.05;

/** Puts a box into the middle of the screen, whole, and no larger than at 100 %. */
export function lookAt(
  camera: Camera,
  size: { readonly width: number; readonly height: number },
  box: Box,
): void {
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  if (!(width >= 0) || !(height >= 0)) return;
  const aside = Math.min(MARGIN, size.width * SIDE_MARGIN);
  const above = Math.min(MARGIN, size.height / 5);
  const zoom = Math.min(
    1,
    (size.width - 2 * aside) / Math.max(width, 1),
    (size.height - 2 * above) / Math.max(height, 1),
  );
  const centreX = (box.minX + box.maxX) / 2;
  const centreY = (box.minY + box.maxY) / 2;
  camera.set(centreX - size.width / zoom / 2, centreY - size.height / zoom / 2, zoom);
}
