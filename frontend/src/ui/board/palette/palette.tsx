import { useSignal } from "@preact/signals";
import { Search } from "lucide";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { keyNames } from "../../../a11y/platform_keys";
import { t } from "../../../i18n/translate";
import { Icon } from "../../kit/icon";
import { useBoard, useEditing } from "../board_model";
import { iconOf } from "../command_icons";
import { type Entry, entriesOf, sectionsOf } from "./entries";
import "./palette.css";
import { recentCommands, rememberCommand } from "./recent";

/** How far an arrow key or a page key goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
};

/** Every command by its name: a box to type in and a list to choose from (ARIA's combobox pattern). */
export function Palette() {
  const editing = useEditing();
  const board = useBoard();
  const { editor } = editing;
  const { memory } = editor.ports;
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const query = useSignal("");
  const at = useSignal(0);
  const id = useId();
  // As it was when it opened: what is listed must not move under the pointer.
  const entries = useMemo(() => entriesOf(editing, board), []);
  const recent = useMemo(() => recentCommands(memory), []);
  const sections = sectionsOf(entries, query.value, recent);
  const shown = sections.flatMap((section) => section.entries);
  const active = Math.min(at.value, shown.length - 1);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    list.current
      ?.querySelector("[aria-selected=true]")
      ?.scrollIntoView({ block: active === 0 ? "center" : "nearest" });
  }, [active, query.value]);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined || entry.unavailable !== null) return;
    rememberCommand(memory, entry.id);
    // Closed first: what runs may open something, and copying needs the keyboard back on the board.
    dialog.current?.close();
    editor.closePanel("palette");
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined && shown.length > 0) {
      const far = Math.abs(step) > 1;
      const next = active + step;
      at.value = far
        ? Math.max(0, Math.min(next, shown.length - 1))
        : (next + shown.length) % shown.length;
    } else if (event.key === "Enter" && !event.isComposing) choose(shown[active]);
    else if ((event.ctrlKey || event.metaKey) && event.key === "/") editor.closePanel("palette");
    else return;
    event.preventDefault();
  };

  let index = 0;
  return (
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label={t("palette.label")}
      onClose={() => editor.closePanel("palette")}
      onPointerDown={(event) => {
        if (event.target === dialog.current) editor.closePanel("palette");
      }}
    >
      <div class="palette-box">
        <Icon of={Search} />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
          aria-label={t("palette.search")}
          placeholder={t("palette.search")}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
            at.value = 0;
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} class="palette-list" role="listbox" id={id} aria-label={t("palette.label")}>
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box.
          <div key={section.title} role="group" aria-label={section.title || undefined}>
            {section.title && (
              <div class="palette-group" aria-hidden="true">
                {section.title}
              </div>
            )}
            {section.entries.map((entry) => {
              const own = index++;
              return (
                <Row
                  key={entry.id}
                  id={`${id}-${own}`}
                  entry={entry}
                  isActive={own === active}
                  onHover={() => {
                    at.value = own;
                  }}
                  onChoose={() => choose(entry)}
                />
              );
            })}
          </div>
        ))}
        {shown.length === 0 && <p class="palette-none">{t("palette.none")}</p>}
      </div>
      <span class="visually-hidden" role="status">
        {query.value && t("palette.results", { n: shown.length })}
      </span>
    </dialog>
  );
}

function Row(props: {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onChoose: () => void;
}) {
  const { entry, isActive } = props;
  const icon = iconOf(entry.id);
  const [chord] = entry.keys;
  return (
    // biome-ignore lint/a11y: the keyboard stays in the box above, which names the active row.
    <div
      id={props.id}
      class="palette-row"
      role="option"
      data-command={entry.id}
      aria-selected={isActive}
      aria-disabled={entry.unavailable !== null}
      onPointerMove={isActive ? undefined : props.onHover}
      onClick={props.onChoose}
    >
      <span class="menu-icon">{icon && <Icon of={icon} size="16px" />}</span>
      <span class="palette-label">{entry.label}</span>
      {entry.unavailable && <span class="palette-reason">{entry.unavailable}</span>}
      {chord && (
        <span class="menu-keys" aria-hidden="true">
          {keyNames(chord).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}
