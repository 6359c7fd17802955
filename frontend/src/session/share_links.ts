import type { Role } from "../generated/protocol";
import type { ShareLink } from "../ui/board/board_model";
import { type BoardAddress, boardPath } from "./board_address";
import { recentBoard } from "./recent_boards";

/** The links that may be given away: who made the board has one for each role, others have their own. */
export function shareLinks(address: BoardAddress, role: Role | null): readonly ShareLink[] {
  const { id, token } = address;
  const kept = role === "owner" ? recentBoard(id)?.links : undefined;
  const link = (kind: ShareLink["kind"], key: string): ShareLink => ({
    kind,
    url: location.origin + boardPath({ id, token: key }),
  });
  const links: ShareLink[] = [];
  if (kept?.editor) links.push(link("editor", kept.editor));
  if (kept?.viewer) links.push(link("viewer", kept.viewer));
  if (links.length > 0) return links;
  if (role === "editor") return [link("editor", token)];
  if (role === "viewer") return [link("viewer", token)];
  return [link("own", token)];
}
