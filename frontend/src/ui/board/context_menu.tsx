import { useMemo } from "preact/hooks";
import { walkWithArrows } from "../../a11y/roving_focus";
import type { ContextMenu as Asked, Editor } from "../../editor/editor";
import type { Command } from "../../editor/tool";
import { t } from "../../i18n/translate";
import { MenuLine, MenuRow } from "../kit/menu";
import { Popover } from "../kit/popover";
import { useEditing } from "./board_model";
import { iconOf } from "./command_icons";
import { labelOf } from "./help_rows";

/** null is a line between groups; what cannot be done now is left out if it stands in `ONLY_IF_POSSIBLE`. */
const ABOUT: Readonly<Record<Asked["about"], readonly (string | null)[]>> = {
  selection: [
    "cut",
    "copy",
    "paste",
    "copy-png",
    "copy-svg",
    "copy-link",
    null,
    "duplicate",
    "group",
    "ungroup",
    "frame-selection",
    "remove-frame",
    null,
    "to-front",
    "forward",
    "backward",
    "to-back",
    null,
    "copy-style",
    "paste-style",
    "link",
    "lock",
    null,
    "delete",
  ],
  canvas: [
    "paste",
    "paste-plain",
    "select-all",
    null,
    "copy-png",
    "copy-svg",
    "copy-link",
    null,
    "zoom-to-fit",
    "find",
    "minimap",
    "grid",
    "view-only",
  ],
};
const ONLY_IF_POSSIBLE: ReadonlySet<string> = new Set([
  "group",
  "ungroup",
  "remove-frame",
  "paste-style",
  "view-only",
]);

/** Which of these commands are on now. */
const SWITCHES: Readonly<Record<string, (editor: Editor) => boolean>> = {
  grid: (editor) => editor.grid.value,
  minimap: (editor) => editor.minimap.value,
  "view-only": (editor) => editor.viewOnly.value,
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
      heldBy={asked.heldBy}
      onClose={close}
      onKeyDown={walkWithArrows}
    >
      {rowsOf(editor, asked.about).map((command, index) => {
        if (command === null) return <MenuLine key={index} />;
        const { id, keys } = command;
        const isOn = SWITCHES[id]?.(editor);
        return (
          <MenuRow
            key={id}
            icon={iconOf(id)}
            label={labelOf(command)}
            keys={keys[0]}
            danger={id === "delete"}
            disabled={!editor.mayRun(command)}
            {...(isOn === undefined ? {} : { checked: isOn })}
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

function rowsOf(editor: Editor, about: Asked["about"]): readonly (Command | null)[] {
  const rows: (Command | null)[] = [];
  for (const id of ABOUT[about]) {
    const command = id === null ? null : editor.ports.commands.get(id);
    if (command === undefined) continue;
    if (command && ONLY_IF_POSSIBLE.has(command.id) && !editor.mayRun(command)) continue;
    rows.push(command);
  }
  // For somebody who may only look, most of it would be lines between rows that do nothing.
  const shown = editor.readOnly.value
    ? rows.filter((row) => row === null || editor.mayRun(row))
    : rows;
  return shown.filter(
    (row, at) => row !== null || (at > 0 && shown[at - 1] !== null && at < shown.length - 1),
  );
}
