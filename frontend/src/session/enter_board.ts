import { t } from "../i18n/translate";
import { mountBoardPage } from "../ui/board/board_page";
import { type BoardAddress, boardAddress, boardPath, sightOf } from "./board_address";
import { BoardFrame } from "./board_frame";
import { recentBoard } from "./recent_boards";

// Asked for at once: it is on its way while the frame is painted.
const arriving = import("./whole_board");

/** Opens the board of the address bar; a link without its key uses the one this browser knows. */
export async function enterBoard(host: HTMLElement, { id, token }: BoardAddress): Promise<void> {
  const key = token || recentBoard(id)?.token || "";
  const frame = new BoardFrame({ id, token: key }, sightOf(new URL(location.href)));
  const surface = drawingSurface();
  const chrome = document.createElement("div");
  host.replaceChildren(surface, chrome);
  mountBoardPage(chrome, frame.model);
  if (key === "") {
    frame.stopped.value = { reason: "no-key" };
    return;
  }
  // The address bar keeps the board and its key: going there once is enough.
  const plain = boardPath({ id, token: key });
  if (location.pathname + location.hash !== plain) history.replaceState(null, "", plain);
  addEventListener("hashchange", () => {
    // Another key for the same board in the address bar: another role, so another page.
    const url = new URL(location.href);
    const next = boardAddress(url);
    if (next?.token && next.token !== key) location.reload();
    else {
      const sight = sightOf(url);
      history.replaceState(null, "", plain);
      if (sight !== null) frame.actions?.goTo(sight);
    }
  });
  try {
    const { giveHands, openBoard } = await arriving;
    const board = await openBoard(frame, surface);
    giveHands(board, frame, surface);
  } catch (error) {
    frame.stopped.value = { reason: "failed", details: String(error) };
    throw error;
  }
}

function drawingSurface(): HTMLElement {
  const surface = document.createElement("main");
  surface.className = "board-host";
  surface.dataset.testid = "board";
  surface.tabIndex = 0;
  surface.setAttribute("aria-label", t("board.canvas"));
  surface.setAttribute("aria-description", t("board.canvas.how"));
  return surface;
}
