import { parseAst } from "vite";

/** A piece of a program's syntax tree (ESTree); `start` and `end` are places in its text. */
export interface Piece {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Visits every piece of a TypeScript file; a visit that returns false leaves out what lies within. */
export function visit(
  code: string,
  path: string,
  visitor: (piece: Piece) => boolean | undefined,
): void {
  const waiting: unknown[] = [parseAst(code, { lang: path.endsWith("x") ? "tsx" : "ts" })];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    if (isPiece(next) && visitor(next) === false) continue;
    waiting.push(...Object.values(next));
  }
}

export function isPiece(value: unknown): value is Piece {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
