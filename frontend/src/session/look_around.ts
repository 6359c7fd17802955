import { showBox } from "../editor/fit";
import { boundsOfAll } from "../editor/selection_box";
import type { Sight } from "./board_address";
import type { OpenBoard } from "./board_parts";
import { rememberCamera } from "./camera_memory";

/** Looks where the link points, else where this tab looked last, else at what is drawn, and tells the others where that is. */
export function lookAround(
  { address, replica, stage, camera, sync }: OpenBoard,
  sight: Sight | null = null,
): void {
  const tell = () => {
    const { width, height } = stage.size;
    const { x, y, zoom } = camera;
    sync.sendLive({ viewport: [x, y, width / zoom, height / zoom] });
  };
  camera.subscribe(tell);
  const isPlaced = rememberCamera(address.id, camera);
  if (sight?.kind === "view") {
    const { width, height } = stage.size;
    const { x, y, zoom } = sight;
    camera.set(x - width / zoom / 2, y - height / zoom / 2, zoom);
  }
  tell();
  if (isPlaced || sight !== null) return;
  const lookAtAll = () => showBox(stage, boundsOfAll(replica.elements()));
  lookAtAll();
  if (replica.size > 0) return;
  // Nothing is known of the board yet: look when what was there before has come, unless somebody looks or
  // draws already. What is drawn from then on must not move what they look at.
  const { x, y, zoom } = camera;
  const stop = replica.onStatus(() => {
    const isUntouched = camera.x === x && camera.y === y && camera.zoom === zoom;
    const isOurs = replica.pending > 0;
    const seq = replica.position?.seq ?? -1;
    if (isUntouched && !isOurs && seq < (sync.greetedAt.value ?? 0)) return;
    stop();
    if (isUntouched && !isOurs) lookAtAll();
  });
}
