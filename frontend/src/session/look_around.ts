import { rememberCamera } from "./camera_memory";
import { lookAt } from "./look_at";
import type { OpenBoard } from "./open_board";

/** The server may hand out an older picture of the board and the newest commits right after it. */
const CATCHING_UP_MS = 1000;

/** Looks where this tab looked last, else at what is drawn, and tells the others where that is. */
export function lookAround({ address, replica, index, stage, camera, sync }: OpenBoard): void {
  const tell = () => {
    const { width, height } = stage.size;
    const { x, y, zoom } = camera;
    sync.sendLive({ viewport: [x, y, width / zoom, height / zoom] });
  };
  camera.subscribe(tell);
  const isPlaced = rememberCamera(address.id, camera);
  tell();
  if (isPlaced) return;
  const lookAtAll = () => lookAt(camera, stage.size, index.bounds());
  lookAtAll();
  if (index.size > 0) return;
  // Nothing is known of the board yet: look when it has come, unless somebody looks or draws already.
  const { x, y, zoom } = camera;
  let completeAt: number | null = null;
  const stop = replica.onStatus(() => {
    if (replica.position === null && replica.pending === 0) return;
    completeAt ??= performance.now();
    const isUntouched = camera.x === x && camera.y === y && camera.zoom === zoom;
    const isLate = performance.now() - completeAt > CATCHING_UP_MS;
    if (isUntouched && !isLate && replica.pending === 0) {
      if (index.size === 0) return;
      lookAtAll();
    }
    stop();
  });
}
