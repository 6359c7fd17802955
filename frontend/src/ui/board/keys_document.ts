import type { Command } from "../../editor/tool";
import { t } from "../../i18n/translate";
import { GESTURES, helpGroups } from "./help_rows";

const HEAD = `# Keys and gestures

Ctrl stands for Cmd on a Mac. Letters do nothing while a text is typed. Every command is in the palette, too.
This file is written by \`make keys\` out of the commands themselves; the help on the board (\`?\`) shows the same.
`;

/** The rows of the help as a Markdown document. */
export function keysDocument(commands: readonly Command[]): string {
  const groups = helpGroups(commands).map(({ title, rows }) => ({
    title,
    rows: rows.map(({ label, chords }) => [label, chords.map(written).join(", ")] as const),
  }));
  const gestures = GESTURES.map(
    (gesture) => [t(`help.${gesture}`), t(`help.${gesture}Keys`, { mod: "Ctrl" })] as const,
  );
  const tables = [...groups, { title: t("help.gestures"), rows: gestures }].map(
    ({ title, rows }) =>
      `\n## ${title}\n\n| action | keys |\n|---|---|\n${rows.map(([a, b]) => `| ${a} | ${b} |\n`).join("")}`,
  );
  return HEAD + tables.join("");
}

function written(chord: string): string {
  const keys = chord.replace("Plus", "+").replace("Minus", "-").replace("Escape", "Esc");
  return `\`${keys}\``;
}
