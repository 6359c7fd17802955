import { describe, expect, test } from "vitest";
import { chunkOf } from "./chunks.ts";
import { iconFiles, importAlone } from "./icons_alone.ts";
import { putWords, templates } from "./words_in_place.ts";

const WORDS: Readonly<Record<string, string>> = {
  "menu.home": "All “boards”",
  "import.done": "{n} elements",
};

function put(code: string): string {
  return putWords(code, "page.tsx", (name) => WORDS[name]);
}

describe("words in place", () => {
  test("a plain text takes the place of its call", () => {
    expect(put(`const a = t("menu.home") + t('menu.home');`)).toBe(
      `const a = "All “boards”" + "All “boards”";`,
    );
  });

  test("a text with something to fill in is still filled in", () => {
    expect(put(`t("import.done", { n })`)).toBe(`t("{n} elements", { n })`);
    expect(put(`t("import.done")`)).toBe(`t("{n} elements")`);
  });

  test("a name on its way to where it is asked for becomes its words too", () => {
    expect(put(`tell(ok ? "menu.home" : "other")`)).toBe(`tell(ok ? "All “boards”" : "other")`);
    expect(put(`<Row name="menu.home" label={t("menu.home")} />`)).toBe(
      `<Row name={"All “boards”"} label={"All “boards”"} />`,
    );
  });

  test("types, imports and unknown names stay as they are", () => {
    const code = `import "menu.home"; type A = "menu.home"; t("no.such"); t(key);`;
    expect(put(code)).toBe(code);
  });

  test("what a template can make is known, whatever its pieces are", () => {
    const found = templates(
      "t(`tool.\x24{tool}`); t(`help.\x24{x}Keys`); `\x24{a}.\x24{b}`; `plain.text`; `Ctrl.\x24{key}`;",
      "a.ts",
    );
    const made = (name: string) => found.some((template) => template.test(name));
    expect(found).toHaveLength(2);
    expect(
      ["tool.pen", "tool.pen.more", "help.panKeys", "help.pan", "plain.text"].map(made),
    ).toEqual([true, false, true, false, false]);
  });

  test("a name that does not begin with its group is refused: it could be any", () => {
    expect(() => put("t(`\x24{group}.\x24{name}`)")).toThrow("group");
    expect(() => put("hasWords(`\x24{name}`)")).toThrow("group");
  });
});

test("each icon comes from its own file, by every name that it has", () => {
  const files = iconFiles(
    "export { default as House, default as Home } from './icons/house.mjs';\n" +
      "export { default as Undo2 } from './icons/undo-2.mjs';\n",
  );
  expect(importAlone(`import { Home, Undo2 as Back, type IconNode } from "lucide";`, files)).toBe(
    `import Home from "lucide/dist/esm/icons/house.mjs"; ` +
      `import Back from "lucide/dist/esm/icons/undo-2.mjs";`,
  );
  expect(() => importAlone(`import { Nothing } from "lucide";`, files)).toThrow("Nothing");
});

test("a module goes with the first part of its page that needs it, and apart if two pages do", () => {
  const imports: Readonly<Record<string, readonly string[]>> = {
    "main.ts": ["theme"],
    "session/landing.ts": ["theme", "shared"],
    "session/enter_board.ts": ["frame"],
    "session/whole_board.ts": ["frame", "board"],
    "ui/board/on_demand.ts": ["board", "menu", "shared"],
  };
  const modules = {
    getModuleInfo: (id: string) => ({
      importedIds: (imports[id.slice(4)] ?? []).map((name) => `src/${name}`),
    }),
  };
  const chunk = chunkOf("src");
  const chunkOfName = (name: string) => chunk(`src/${name}`, modules);
  expect(chunkOfName("theme")).toBeNull();
  expect(chunkOfName("shared")).toBe("page");
  expect(chunkOfName("frame")).toBe("frame");
  expect(chunkOfName("board")).toBe("board");
  expect(chunkOfName("menu")).toBe("on_demand");
  expect(chunkOfName("roughjs")).toBeNull();
});
