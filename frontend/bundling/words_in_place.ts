/**
 * Words where they are asked for: `t("menu.home")` becomes `"All boards"` when the front end is built.
 *
 * Each name of a text would otherwise be carried twice, in the table and where it is asked for, and the table, which the
 * first paint waits for, would hold the words of everything that opens later. A text whose name is made of
 * pieces (`t(`tool.${tool}`)`) stays in the table under its name; so that those can be told, such a name
 * begins with its group and the pieces hold no dot.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { en } from "../src/i18n/en.ts";
import { isPiece, type Piece, visit } from "./source_tree.ts";

type Table = Readonly<Record<string, string>>;

const TABLE = /[\\/]src[\\/]i18n[\\/]en\.ts$/;
const SOURCE = /[\\/]src[\\/](?!.*testing[\\/]).*(?<!\.test)\.tsx?$/;
/** How a name begins: with its group. */
const GROUP = /^[a-z]\w*\./;

export function wordsInPlace(): Plugin {
  const table: Table = en;
  let inTable: Table = {};
  return {
    name: "words-in-place",
    apply: "build",
    enforce: "pre",
    configResolved({ root }) {
      const made = sources(join(root, "src")).flatMap((path) =>
        templates(readFileSync(path, "utf8"), path),
      );
      inTable = Object.fromEntries(
        Object.entries(table).filter(([name]) => made.some((template) => template.test(name))),
      );
    },
    transform: {
      filter: { id: SOURCE },
      handler(code, id) {
        if (TABLE.test(id))
          return { code: `export const en = ${JSON.stringify(inTable)};`, map: null };
        const words = (name: string) => (name in inTable ? undefined : table[name]);
        return { code: putWords(code, id, words), map: null };
      },
    },
  };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => SOURCE.test(path));
}

/** What names the templates of `code` can make, as patterns: those that begin with a name's group. */
export function templates(code: string, path: string): RegExp[] {
  const found: RegExp[] = [];
  if (!code.includes("${")) return found;
  visit(code, path, (piece) => {
    if (piece.type !== "TemplateLiteral") return undefined;
    const pieces = fixed(piece);
    if (pieces.length > 1 && GROUP.test(pieces[0] ?? ""))
      found.push(new RegExp(`^${pieces.map(literally).join("[^.]+")}$`));
    return undefined;
  });
  return found;
}

/** The code with the words in the place of their names. */
export function putWords(
  code: string,
  path: string,
  words: (name: string) => string | undefined,
): string {
  const changes: { readonly piece: Piece; readonly text: string }[] = [];
  visit(code, path, (piece) => {
    if (piece.type === "JSXAttribute" && isText(piece.value)) {
      const found = words(piece.value.value);
      if (found !== undefined)
        changes.push({ piece: piece.value, text: `{${JSON.stringify(found)}}` });
      return false;
    }
    if (/^(TS|Import|Export(All|Named))/.test(piece.type) && !/Expression$/.test(piece.type)) {
      if (piece.type !== "ExportNamedDeclaration") return false;
    }
    const plain = plainCall(piece, words);
    if (plain !== undefined) {
      changes.push({ piece, text: JSON.stringify(plain) });
      return false;
    }
    const found = isText(piece) ? words(piece.value) : undefined;
    if (found !== undefined) changes.push({ piece, text: JSON.stringify(found) });
    return undefined;
  });
  let result = code;
  for (const { piece, text } of changes.sort((a, b) => b.piece.start - a.piece.start))
    result = result.slice(0, piece.start) + text + result.slice(piece.end);
  return result;
}

/** The words of `t("name")` where nothing is to be filled in. */
function plainCall(piece: Piece, words: (name: string) => string | undefined): string | undefined {
  const { callee, arguments: values } = piece as Piece & { callee: unknown; arguments: unknown[] };
  if (piece.type !== "CallExpression" || !isPiece(callee)) return undefined;
  if (callee.name !== "t" && callee.name !== "hasWords") return undefined;
  const [name] = values;
  if (isPiece(name) && name.type === "TemplateLiteral" && !GROUP.test(fixed(name)[0] ?? ""))
    throw new Error(
      "The name of a text begins with its group: whatever it could be stays in the table.",
    );
  if (callee.name !== "t") return undefined;
  if (values.length !== 1 || !isText(name)) return undefined;
  const found = words(name.value);
  return found?.includes("{") ? undefined : found;
}

/** The fixed texts of a template, around what is put in. */
function fixed(template: Piece): readonly string[] {
  return (template.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
}

function isText(value: unknown): value is Piece & { readonly value: string } {
  return isPiece(value) && value.type === "Literal" && typeof value.value === "string";
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
