import type { Editor } from "../../../editor/editor";
import type { Command } from "../../../editor/tool";
import { hasWords, t } from "../../../i18n/translate";

/** Commands that arrange several units among themselves, and how many of them it takes. */
const SEVERAL: readonly (readonly [RegExp, number])[] = [
  [/^distribute-/, 3],
  [/^(group$|align-)/, 2],
];

/** Why a command cannot be run now, in words; null if it can. */
export function whyNot(editor: Editor, command: Command): string | null {
  if (editor.mayRun(command)) return null;
  if (editor.readOnly.value && command.harmless !== true) return t("unavailable.view-only");
  const own = `unavailable.${command.id}`;
  if (hasWords(own)) return t(own);
  const selected = editor.selection.value.size;
  const needed = SEVERAL.find(([ids]) => ids.test(command.id))?.[1] ?? 1;
  if (selected >= needed) return t("unavailable.selection");
  if (needed === 1) return t("unavailable.select");
  return t(needed === 2 ? "unavailable.select-two" : "unavailable.select-three");
}
