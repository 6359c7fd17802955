import { render } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/translate";
import { fetchLater, lazy } from "../kit/lazy";
import { Toasts } from "../kit/toasts";
import { installTooltip } from "../kit/tooltip";
import { type BoardModel, BoardProvider } from "./board_model";
import { DropZone } from "./drop_zone";
import "./frame.css";
import { Loading } from "./loading";
import { People } from "./people";
import "./people.css";
import "./title.css";
import { TopLeft } from "./top_left";

const Stopped = lazy(async () => (await import("./stopped")).Stopped);

/** Puts the chrome around a board. */
export function mountBoardPage(host: HTMLElement, board: BoardModel): void {
  installTooltip();
  render(
    <BoardProvider value={board}>
      <BoardPage board={board} />
    </BoardProvider>,
    host,
  );
}

function BoardPage({ board }: { readonly board: BoardModel }) {
  const isReady = board.ready.value && board.editing.value !== null;
  useEffect(() => {
    if (isReady) void fetchLater(whenIdle);
  }, [isReady]);
  const title = board.title.value || t("board.untitled");
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
  }, [title]);
  const stop = board.stopped.value;
  if (stop) {
    const { pending } = board.connection.value;
    return <Stopped stop={stop} pending={pending} onRetry={board.retry} />;
  }
  const Chrome = board.editing.value?.Chrome;
  return (
    <>
      <header class="top-bar">
        <TopLeft />
        <People />
      </header>
      {Chrome && <Chrome />}
      <Loading />
      <DropZone />
      <Toasts />
    </>
  );
}

function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 100);
  });
}
