import { expect, test } from "vitest";
import { COMMANDS } from "../../commands/registry";
import { hasWords } from "../../i18n/translate";
import { helpGroups } from "./help_rows";

test("every command has words", () => {
  const nameless = COMMANDS.all.filter(
    ({ id, name }) => !id.startsWith("nudge-") && !hasWords(name),
  );
  expect(nameless.map(({ name }) => name)).toEqual([]);
});

test("every command with a key stands in the help, once", () => {
  const labels = helpGroups(COMMANDS.all).flatMap(({ rows }) => rows.map(({ label }) => label));
  expect(new Set(labels).size).toBe(labels.length);
  const shown = COMMANDS.all.filter(({ id, keys }) => keys.length > 0 && !id.startsWith("nudge-"));
  expect(labels).toHaveLength(shown.length);
});
