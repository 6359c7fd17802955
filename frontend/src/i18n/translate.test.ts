import { describe, expect, test } from "vitest";
import { en } from "./en";
import { hasWords, t } from "./translate";

describe("words", () => {
  test("values stand where their names are", () => {
    expect(t("import.done", { n: 2, name: "plan" })).toBe("2 elements from plan");
  });

  test("a number chooses the form", () => {
    expect(t("connection.offlineKept", { n: 1 })).toContain("1 change is kept");
    expect(t("connection.offlineKept", { n: 3 })).toContain("3 changes are kept");
  });

  test("what a person typed is never read as a placeholder", () => {
    expect(t("import.reading", { name: "{name}" })).toBe("Bringing in {name}…");
  });

  test("a name from data has words only if the table has it itself", () => {
    expect(hasWords("role.owner")).toBe(true);
    expect(hasWords("toString")).toBe(false);
  });

  test("no entry is empty or ends in a space", () => {
    for (const words of Object.values(en)) expect(words).toMatch(/^\S.*\S$/s);
  });
});
