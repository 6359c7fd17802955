import type { Box } from "../geometry/box";
import type { StagePort } from "./ports";

/** Screen pixels left free above and below what is shown, where the chrome lies, and beside it at most. */
const MARGIN = 72;
const SIDE_MARGIN = 0.05;
const LARGEST_ZOOM = 1;

/** Puts a box into the middle of the screen, whole, and no larger than at 100 %. */
export function showBox({ camera, size }: StagePort, box: Box): void {
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  if (!(width >= 0 && height >= 0)) return;
  const aside = Math.min(MARGIN, size.width * SIDE_MARGIN);
  const above = Math.min(MARGIN, size.height / 5);
  const zoom = Math.min(
    LARGEST_ZOOM,
    (size.width - 2 * aside) / Math.max(width, 1),
    (size.height - 2 * above) / Math.max(height, 1),
  );
  const x = (box.minX + box.maxX) / 2 - size.width / zoom / 2;
  const y = (box.minY + box.maxY) / 2 - size.height / zoom / 2;
  camera.set(x, y, zoom);
}

/** Moves as little as it takes for a box to be seen; one that is larger than the screen is shown whole. */
export function revealBox(stage: StagePort, box: Box): void {
  const { camera, size } = stage;
  const aside = Math.min(MARGIN, size.width * SIDE_MARGIN) / camera.zoom;
  const above = Math.min(MARGIN, size.height / 5) / camera.zoom;
  const [width, height] = [size.width / camera.zoom, size.height / camera.zoom];
  const isTooWide = box.maxX - box.minX > width - 2 * aside;
  if (isTooWide || box.maxY - box.minY > height - 2 * above) {
    showBox(stage, box);
    return;
  }
  const x = Math.min(Math.max(camera.x, box.maxX + aside - width), box.minX - aside);
  const y = Math.min(Math.max(camera.y, box.maxY + above - height), box.minY - above);
  if (x !== camera.x || y !== camera.y) camera.set(x, y, camera.zoom);
}

/** Zooms about the middle of the screen. */
export function zoomBy({ camera, size }: StagePort, factor: number): void {
  camera.zoomAt(size.width / 2, size.height / 2, factor);
}

/** Zooms about the middle of the screen to exactly that much. */
export function zoomTo({ camera, size }: StagePort, zoom: number): void {
  const shift = (1 / camera.zoom - 1 / zoom) / 2;
  camera.set(camera.x + size.width * shift, camera.y + size.height * shift, zoom);
}
