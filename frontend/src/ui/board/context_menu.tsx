import {
  BringToFront,
  Clipboard,
  Copy,
  CopyPlus,
  Grid3x3,
  type IconNode,
  Lock,
  Maximize,
  Scissors,
  SendToBack,
  SquareDashedMousePointer,
  Trash2,
} from "lucide";
import { useMemo } from "preact/hooks";
import { walkWithArrows } from "../../a11y/roving_focus";
import type { ContextMenu as Asked } from "../../editor/editor";
import { hasWords, t } from "../../i18n/translate";
import { MenuLine, MenuRow } from "../kit/menu";
import { Popover } from "../kit/popover";
import { useEditing } from "./board_model";

const ICONS: Readonly<Record<string, IconNode>> = {
  cut: Scissors,
  copy: Copy,
  paste: Clipboard,
  duplicate: CopyPlus,
  delete: Trash2,
  "to-front": BringToFront,
  "to-back": SendToBack,
  lock: Lock,
  grid: Grid3x3,
  "select-all": SquareDashedMousePointer,
  "zoom-to-fit": Maximize,
};

/** null is a line between groups. */
const ABOUT: Readonly<Record<Asked["about"], readonly (string | null)[]>> = {
  selection: [
    "cut",
    "copy",
    "paste",
    null,
    "duplicate",
    "to-front",
    "forward",
    "backward",
    "to-back",
    null,
    "delete",
  ],
  canvas: ["paste", "select-all", null, "zoom-to-fit", "grid"],
};

/** What can be done with what was pressed, at the pointer. */
export function ContextMenu({ asked }: { readonly asked: Asked }) {
  const { editor } = useEditing();
  const { clientX: x, clientY: y } = asked;
  // The same object until it opens elsewhere: a new one would place and focus the menu again.
  const at = useMemo(() => ({ left: x, right: x, top: y - 6, bottom: y - 6 }), [x, y]);
  const close = () => {
    editor.menu.value = null;
  };
  return (
    <Popover
      key={`${x},${y}`}
      anchor={at}
      class="menu"
      role="menu"
      label={t("menu.context")}
      onClose={close}
      onKeyDown={walkWithArrows}
    >
      {ABOUT[asked.about].map((id, index) => {
        if (id === null) return <MenuLine key={index} />;
        const command = editor.ports.commands.get(id);
        if (!command) return null;
        return (
          <MenuRow
            key={id}
            icon={ICONS[id]}
            label={hasWords(command.name) ? t(command.name) : command.name}
            keys={command.keys[0]}
            danger={id === "delete"}
            disabled={!editor.mayRun(command)}
            onChoose={() => {
              close();
              editor.run(id);
            }}
          />
        );
      })}
    </Popover>
  );
}
