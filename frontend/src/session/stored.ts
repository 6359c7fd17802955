import { t } from "../i18n/translate";
import type { OpenBoard } from "./board_parts";

/** Resolves when the server has all that is drawn here: what it makes of the board then holds it. */
export async function stored({ replica, sync }: OpenBoard, signal?: AbortSignal): Promise<void> {
  if (sync.state.value !== "live") throw new Error(t("copyPicture.offline"));
  await new Promise<void>((resolve) => {
    const stops: (() => void)[] = [];
    const look = () => {
      if (replica.pending > 0 && sync.state.value === "live" && !signal?.aborted) return;
      for (const stop of stops) stop();
      resolve();
    };
    stops.push(replica.onStatus(look), sync.state.subscribe(look));
    signal?.addEventListener("abort", look);
    look();
  });
}
