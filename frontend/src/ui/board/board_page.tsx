import { render } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/translate";
import { fetchLater, lazy } from "../kit/lazy";
import { Toasts } from "../kit/toasts";
import { installTooltip } from "../kit/tooltip";
import "./frame.css";
import "./people.css";
import "./surface.css";
import "./title.css";
import "./style/style.css";
import { type BoardModel, BoardProvider } from "./board_model";
import { DropZone } from "./drop_zone";
import { EmptyHint } from "./empty_hint";
import { HelpButton } from "./help_button";
import { HistoryZoom } from "./history_zoom";
import { Loading } from "./loading";
import { People } from "./people";
import { StyleDock } from "./style_dock";
import { TextField } from "./text_field";
import { Toolbar } from "./toolbar";
import { TopLeft } from "./top_left";

const Stopped = lazy(async () => (await import("./stopped")).Stopped);
const ContextMenu = lazy(async () => (await import("./context_menu")).ContextMenu);

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
  const isReady = board.ready.value;
  useEffect(() => {
    if (isReady) requestIdleCallback?.(() => void fetchLater());
  }, [isReady]);
  const title = board.title.value || t("board.untitled");
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
  }, [title]);
  const stop = board.stopped.value;
  if (stop) return <Stopped stop={stop} onRetry={board.retry} />;
  const asked = board.editor.menu.value;
  return (
    <>
      <EmptyHint />
      <TextField />
      <header class="top-bar">
        <TopLeft />
        <People />
      </header>
      <Toolbar />
      <StyleDock />
      <HistoryZoom />
      <HelpButton />
      <Loading />
      <DropZone />
      <Toasts />
      {asked && <ContextMenu asked={asked} />}
    </>
  );
}
