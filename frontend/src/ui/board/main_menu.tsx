import {
  Activity,
  Command,
  Download,
  FileUp,
  Grid3x3,
  House,
  Keyboard,
  Magnet,
  Moon,
  Mouse,
  Plus,
} from "lucide";
import { walkWithArrows } from "../../a11y/roving_focus";
import { t } from "../../i18n/translate";
import { theme, toggleTheme } from "../../theme/theme";
import { chooseFiles } from "../kit/choose_file";
import { MenuLine, MenuRow } from "../kit/menu";
import { Popover } from "../kit/popover";
import { keysOf, useBoard, useEditing } from "./board_model";

const IMPORTED = ".excalidraw,.excalidrawlib,.inkwire,.ndjson,.tldr,image/*";

/** The menu at the top left: boards, files, and how the page behaves. */
export function MainMenu(props: { readonly anchor: HTMLElement; readonly onClose: () => void }) {
  const board = useBoard();
  const editing = useEditing();
  const { editor } = editing;
  const { onClose } = props;
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Popover
      anchor={props.anchor}
      class="menu"
      role="menu"
      label={t("menu.label")}
      onClose={onClose}
      onKeyDown={walkWithArrows}
    >
      <MenuRow icon={House} label={t("menu.home")} onChoose={() => location.assign("/")} />
      <MenuRow icon={Plus} label={t("menu.new")} onChoose={then(board.newBoard)} />
      <MenuRow icon={Activity} label={t("menu.activity")} onChoose={then(board.showActivity)} />
      <MenuLine />
      {!board.readOnly.value && (
        <MenuRow
          icon={FileUp}
          label={t("menu.import")}
          onChoose={then(() => chooseFiles(IMPORTED, (files) => board.bringIn(files)))}
        />
      )}
      <MenuRow
        icon={Download}
        label={t("command.export")}
        keys={keysOf(editing, "export")[0]}
        onChoose={then(() => editor.run("export"))}
      />
      <MenuLine />
      <MenuRow
        icon={Moon}
        label={t("command.dark-mode")}
        keys={keysOf(editing, "dark-mode")[0]}
        checked={theme.value === "dark"}
        onChoose={toggleTheme}
      />
      <MenuRow
        icon={Grid3x3}
        label={t("command.grid")}
        keys={keysOf(editing, "grid")[0]}
        checked={editor.grid.value}
        onChoose={() => editor.run("grid")}
      />
      <MenuRow
        icon={Magnet}
        label={t("command.snap-to-objects")}
        keys={keysOf(editing, "snap-to-objects")[0]}
        checked={editor.snapsToObjects.value}
        onChoose={() => editor.run("snap-to-objects")}
      />
      <MenuRow
        icon={Mouse}
        label={t("command.wheel-zooms")}
        checked={editor.wheelZooms.value}
        onChoose={() => editor.run("wheel-zooms")}
      />
      <MenuLine />
      <MenuRow
        icon={Command}
        label={t("command.palette")}
        keys={keysOf(editing, "palette")[0]}
        onChoose={then(() => editor.run("palette"))}
      />
      <MenuRow
        icon={Keyboard}
        label={t("command.help")}
        keys={keysOf(editing, "help")[0]}
        onChoose={then(() => editor.run("help"))}
      />
    </Popover>
  );
}
