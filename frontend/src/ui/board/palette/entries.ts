import { GROUPS, groupOf } from "../../../commands/groups";
import { t } from "../../../i18n/translate";
import type { BoardModel, Editing } from "../board_model";
import { labelOf } from "../help_rows";
import { rank } from "./rank";
import { whyNot } from "./unavailable";

/** What can be chosen in the palette. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly string[];
  /** Why it cannot be chosen now; null if it can. */
  readonly unavailable: string | null;
  run(): void;
}

export interface Section {
  /** Empty: what was found, best first. */
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Eight keys for what the arrow keys do: nobody looks for them by name. */
const NAMELESS = /^nudge-|^(palette|escape)$/;

/** Everything that can be done: the commands, and what the main menu does with the board. */
export function entriesOf(editing: Editing, board: BoardModel): readonly Entry[] {
  const { editor, commands } = editing;
  const doing = commands
    .filter(({ id }) => !NAMELESS.test(id))
    .map((command) => ({
      id: command.id,
      label: labelOf(command),
      keys: command.keys,
      unavailable: whyNot(editor, command),
      run: () => editor.run(command.id),
    }));
  return [...doing, ...boardEntries(board)];
}

function boardEntries(board: BoardModel): readonly Entry[] {
  const entry = (id: string, label: string, run: () => void): Entry => ({
    id,
    label,
    keys: [],
    unavailable: null,
    run,
  });
  return [
    entry("board-svg", t("menu.exportSvg"), () => board.exportAs("svg")),
    entry("board-json", t("menu.exportJson"), () => board.exportAs("json")),
    entry("board-excalidraw", t("menu.exportExcalidraw"), () => board.exportAs("excalidraw")),
    entry("board-backup", t("menu.exportBackup"), () => board.exportAs("inkwire")),
    entry("board-new", t("menu.new"), () => board.newBoard()),
    entry("board-activity", t("menu.activity"), () => board.showActivity()),
    entry("board-home", t("menu.home"), () => location.assign("/")),
  ];
}

/**
 * What the palette shows for a query. Without one: what was chosen last, then all that can be done now, by
 * group. With one: what it finds, best first, and what cannot be done now at the end with the reason.
 */
export function sectionsOf(
  entries: readonly Entry[],
  query: string,
  recent: readonly string[],
): readonly Section[] {
  if (query.trim() === "") return allOf(entries, recent);
  const found = entries.flatMap((entry) => {
    const points = rank(query, entry.label);
    return points === null ? [] : [{ entry, points }];
  });
  found.sort(
    (a, b) =>
      Number(a.entry.unavailable !== null) - Number(b.entry.unavailable !== null) ||
      b.points - a.points,
  );
  return [{ title: "", entries: found.map(({ entry }) => entry) }];
}

function allOf(entries: readonly Entry[], recent: readonly string[]): readonly Section[] {
  const now = entries.filter(({ unavailable }) => unavailable === null);
  const last = recent.flatMap((id) => now.find((entry) => entry.id === id) ?? []);
  const rest = now.filter((entry) => !last.includes(entry));
  const isBoards = ({ id }: Entry) => id.startsWith("board-");
  return [
    { title: t("palette.recent"), entries: last },
    ...GROUPS.map((group) => ({
      title: t(`help.${group}`),
      entries: rest.filter((entry) => !isBoards(entry) && groupOf(entry.id) === group),
    })),
    { title: t("palette.board"), entries: rest.filter(isBoards) },
  ].filter(({ entries: each }) => each.length > 0);
}
