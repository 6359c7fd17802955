import type { Role } from "../generated/protocol";
import { lasting, readJson } from "./storage";

/** A board opened in this browser, with the keys to it; stays on this device. */
export interface RecentBoard {
  readonly id: string;
  readonly title: string;
  /** Unix time in ms. */
  readonly openedAt: number;
  readonly role: Role | null;
  readonly token: string;
  /** Tokens by role, where this browser made the board. */
  readonly links?: Readonly<Partial<Record<Role, string>>>;
}

const KEY = "inkwire.boards";
const KEPT = 60;

function isList(value: unknown): value is RecentBoard[] {
  return (
    Array.isArray(value) &&
    value.every(
      (board) =>
        typeof board?.id === "string" &&
        typeof board.title === "string" &&
        typeof board.token === "string" &&
        typeof board.openedAt === "number",
    )
  );
}

/** Newest first. Read anew each time: another tab may have written. */
export function recentBoards(): readonly RecentBoard[] {
  return readJson(lasting, KEY, isList) ?? [];
}

export function recentBoard(id: string): RecentBoard | undefined {
  return recentBoards().find((board) => board.id === id);
}

/** Puts the board first in the list; what `board` does not say is kept as it was. */
export function rememberBoard(board: Partial<RecentBoard> & Pick<RecentBoard, "id">): void {
  const before = recentBoard(board.id);
  const known = { title: "", openedAt: 0, role: null, token: "", ...before, ...board };
  const others = recentBoards().filter(({ id }) => id !== board.id);
  const list = [known, ...others].sort((a, b) => b.openedAt - a.openedAt).slice(0, KEPT);
  lasting.write(KEY, JSON.stringify(list));
}

export function forgetBoard(id: string): void {
  lasting.write(KEY, JSON.stringify(recentBoards().filter((board) => board.id !== id)));
}
