import { GROUPS, groupOf } from "../../commands/groups";
import type { Command } from "../../editor/tool";
import { hasWords, t } from "../../i18n/translate";

export interface HelpRow {
  readonly label: string;
  readonly chords: readonly string[];
}

export interface HelpGroup {
  readonly title: string;
  readonly rows: readonly HelpRow[];
}

/** What is done with a pointer or with keys that are held; its words are in `help.*` and `help.*Keys`. */
export const GESTURES = [
  "pan",
  "zoom",
  "constrain",
  "center",
  "duplicate",
  "add",
  "nudge",
  "textEnd",
  "menu",
  "touchUndo",
] as const;

/** Told among the gestures, eight rows in one. */
const NUDGING = /^nudge-/;

/** What the help shows of the commands: those with keys, grouped as one looks for them. */
export function helpGroups(commands: readonly Command[]): readonly HelpGroup[] {
  const shown = commands.filter(({ id, keys }) => keys.length > 0 && !NUDGING.test(id));
  return GROUPS.map((group) => ({
    title: t(`help.${group}`),
    rows: shown
      .filter(({ id }) => groupOf(id) === group)
      .map((command) => ({ label: labelOf(command), chords: command.keys })),
  }));
}

/** The words of a command. */
export function labelOf({ name }: Pick<Command, "name">): string {
  return hasWords(name) ? t(name) : name;
}
