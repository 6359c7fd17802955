import "./inkwire_page";
import type { OpenBoard } from "./board_parts";

/** Puts `window.inkwire` on the page. */
export function offerPage({ replica, sync, camera, stage, pictures }: OpenBoard): void {
  window.inkwire = {
    digest: () => replica.digest(),
    state: () => ({
      connection: sync.state.value,
      pending: replica.pending,
      seq: replica.position?.seq ?? 0,
      epoch: replica.position?.epoch ?? "",
      worker: sync.worker.value,
      peer: sync.peer.value,
      elements: replica.size,
      title: replica.title,
      sharp: stage.isSharp(),
    }),
    async settled() {
      await stage.whenSettled();
      await pictures.settled();
      await stage.whenSettled();
    },
    element: (id) => replica.get(id),
    elements: () => [...replica.elements()],
    camera,
  };
}
