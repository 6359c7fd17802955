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

const ARRANGING =
  /^(group|ungroup|lock|forward|backward|to-front|to-back)$|^(flip|align|distribute)-/;
const LOOKING = /^zoom-|^(grid|wheel-zooms|dark-mode|help)$/;
/** Told among the gestures, eight rows in one. */
const NUDGING = /^nudge-/;
const CHOOSING = /^(tool-|keep-tool$)/;

/** What the help shows of the commands: those with keys, grouped as one looks for them. */
export function helpGroups(commands: readonly Command[]): readonly HelpGroup[] {
  const shown = commands.filter(({ id, keys }) => keys.length > 0 && !NUDGING.test(id));
  const group = (title: string, belongs: (id: string) => boolean): HelpGroup => ({
    title,
    rows: shown.filter(({ id }) => belongs(id)).map(rowOf),
  });
  const others = [CHOOSING, ARRANGING, LOOKING];
  return [
    group(t("help.tools"), (id) => CHOOSING.test(id)),
    group(t("help.edit"), (id) => !others.some((other) => other.test(id))),
    group(t("help.view"), (id) => LOOKING.test(id)),
    group(t("help.arrange"), (id) => ARRANGING.test(id)),
  ];
}

function rowOf({ name, keys }: Command): HelpRow {
  return { label: hasWords(name) ? t(name) : name, chords: keys.slice(0, 2) };
}
