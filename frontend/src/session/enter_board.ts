import { t } from "../i18n/translate";
import { mountStopped } from "../ui/board/mount_stopped";
import { type BoardAddress, boardAddress, boardPath } from "./board_address";
import { openBoard } from "./board_session";
import { recentBoard } from "./recent_boards";

/** Opens the board of the address bar; a link without its key uses the one this browser knows. */
export async function enterBoard(host: HTMLElement, { id, token }: BoardAddress): Promise<void> {
  document.title = t("app.name");
  const key = token || recentBoard(id)?.token || "";
  if (key === "") return mountStopped(host, { reason: "no-key" });
  if (key !== token) history.replaceState(null, "", boardPath({ id, token: key }));
  addEventListener("hashchange", () => {
    // Another key for the same board in the address bar: another role, so another page.
    const next = boardAddress(new URL(location.href));
    if (next?.token && next.token !== key) location.reload();
  });
  try {
    await openBoard(host, { id, token: key });
  } catch (error) {
    host.replaceChildren();
    mountStopped(host, { reason: "failed", details: String(error) });
    throw error;
  }
}
