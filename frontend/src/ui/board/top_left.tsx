import { useSignal } from "@preact/signals";
import { Menu } from "lucide";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { lazy } from "../kit/lazy";
import { useBoard } from "./board_model";
import { BoardTitle } from "./board_title";

const MainMenu = lazy(async () => (await import("./on_demand")).MainMenu);

/** The menu and the title, top left. */
export function TopLeft() {
  const { editing } = useBoard();
  const open = useSignal(false);
  const panel = useRef<HTMLDivElement>(null);
  return (
    <div class="top-left panel" ref={panel}>
      <IconButton
        icon={Menu}
        label={t("menu.label")}
        aria-haspopup="menu"
        aria-expanded={open.value}
        data-testid="menu"
        onClick={() => {
          open.value = !open.value;
        }}
      />
      <BoardTitle />
      {open.value && editing.value && panel.current && (
        <MainMenu
          anchor={panel.current}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </div>
  );
}
