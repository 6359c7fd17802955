import type { Role } from "../generated/protocol";
import { boardPath } from "./board_address";
import { rememberBoard } from "./recent_boards";
import { createBoard } from "./server";

/** Makes a board, keeps its links on this device, and goes there as its owner. */
export async function goToNewBoard(): Promise<void> {
  const { id, links } = await createBoard();
  const tokens: Partial<Record<Role, string>> = {};
  for (const [role, link] of Object.entries(links)) tokens[role as Role] = link.token;
  const token = tokens.owner ?? tokens.editor ?? "";
  rememberBoard({ id, token, role: "owner", links: tokens, openedAt: Date.now() });
  location.assign(boardPath({ id, token }));
}
