import { signal } from "@preact/signals-core";
import { mountLanding } from "../ui/landing/landing";
import type { LandingModel, ListedBoard } from "../ui/landing/landing_model";
import { boardPath, pastedAddress, sightOf } from "./board_address";
import { goToNewBoard } from "./new_board";
import { forgetBoard, recentBoards } from "./recent_boards";

function listed(): readonly ListedBoard[] {
  return recentBoards().map((board) => ({ ...board, href: boardPath(board) }));
}

/** The landing page at `/`. */
export function openLanding(host: HTMLElement): void {
  const boards = signal(listed());
  const refresh = () => {
    boards.value = listed();
  };
  addEventListener("storage", refresh);
  addEventListener("pageshow", refresh);
  const model: LandingModel = {
    boards,
    linkExample: `${location.origin}/b/…#k=…`,
    createBoard: goToNewBoard,
    openLink(text) {
      const address = pastedAddress(text, location.origin);
      if (address)
        location.assign(boardPath(address, sightOf(new URL(text.trim(), location.origin))));
      return address !== null;
    },
    forget(id) {
      forgetBoard(id);
      refresh();
    },
  };
  mountLanding(host, model);
}
