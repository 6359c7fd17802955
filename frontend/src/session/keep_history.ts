import { effect } from "@preact/signals-core";
import type { History } from "../history/history";
import type { SavedHistory } from "../history/saved_history";
import type { HistoryKeeper } from "../offline/history_rows";
import type { Replica } from "../sync/replica";
import type { SyncClient } from "../sync/sync_client";

/**
 * Lets undo go on where the page was before a reload, and keeps it for the next one.
 *
 * Steps come back once it is known what others did meanwhile, or that the server cannot be asked.
 */
export function keepHistory(
  history: History,
  keeper: HistoryKeeper,
  replica: Replica,
  sync: SyncClient,
): void {
  const changed = keeper.keep(() => history.saved());
  let waits = keeper.found as SavedHistory | null;
  const restore = () => {
    if (waits === null || replica.loading) return;
    const state = sync.state.peek();
    if (state !== "offline" && (state !== "live" || replica.position === null)) return;
    const saved = waits;
    waits = null;
    history.restore(saved);
  };
  effect(() => {
    sync.state.value;
    restore();
  });
  const stop = replica.onStatus(() => {
    restore();
    if (waits === null) stop();
  });
  effect(() => {
    if (history.changes.value > 0 && waits === null) changed();
  });
}
