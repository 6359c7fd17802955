/** Where a board is and the key to it, as the address bar holds them: `/b/{id}#k={token}`. */
export interface BoardAddress {
  readonly id: string;
  readonly token: string;
}

const ID = /^\/b\/([A-Za-z0-9][A-Za-z0-9_-]{7,31})\/?$/;
const TOKEN = /^[A-Za-z0-9_.-]{1,512}$/;

/** The board that `url` names; its token is "" when the fragment does not hold one. Null for other pages. */
export function boardAddress(url: URL): BoardAddress | null {
  const id = ID.exec(url.pathname)?.[1];
  if (id === undefined) return null;
  const token = new URLSearchParams(url.hash.slice(1)).get("k") ?? "";
  return { id, token: TOKEN.test(token) ? token : "" };
}

const ACTIVITY = /^(\/b\/[^/]+)\/activity\/?$/;

/** The board whose activity `url` shows; null for other pages. */
export function activityAddress(url: URL): BoardAddress | null {
  const board = ACTIVITY.exec(url.pathname)?.[1];
  return board === undefined ? null : boardAddress(new URL(board + url.hash, url));
}

/** Where the activity of a board is shown. */
export function activityPath({ id, token }: BoardAddress): string {
  return `/b/${id}/activity#k=${token}`;
}

/** What somebody pasted, as an address on this server; null when it is not a whole board link. */
export function pastedAddress(text: string, origin: string): BoardAddress | null {
  try {
    const url = new URL(text.trim(), origin);
    const address = boardAddress(url);
    return url.origin === origin && address?.token ? address : null;
  } catch {
    return null;
  }
}

export function boardPath({ id, token }: BoardAddress, sight: Sight | null = null): string {
  return `/b/${id}#k=${token}${sight === null ? "" : `&${sightText(sight)}`}`;
}

/** What a link points to on its board: elements, or the middle of a view (world units) and its zoom. */
export type Sight =
  | { readonly kind: "elements"; readonly ids: readonly string[] }
  | { readonly kind: "view"; readonly x: number; readonly y: number; readonly zoom: number };

/** More elements than these are pointed to by the view of them. */
export const MOST_SHOWN = 50;
const ELEMENT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const NUMBER = /^-?\d{1,8}(\.\d{1,4})?$/;

/** What `url` points to besides the board; null if that is nothing, or nothing that can be understood. */
export function sightOf(url: URL): Sight | null {
  const said = new URLSearchParams(url.hash.slice(1));
  const ids = (said.get("show") ?? "").split(",").filter((id) => ELEMENT.test(id));
  if (ids.length > 0) return { kind: "elements", ids: ids.slice(0, MOST_SHOWN) };
  const numbers = (said.get("view") ?? "").split(",");
  if (numbers.length !== 3 || !numbers.every((each) => NUMBER.test(each))) return null;
  const [x = 0, y = 0, zoom = 0] = numbers.map(Number);
  return zoom > 0 ? { kind: "view", x, y, zoom } : null;
}

/** As it stands in the fragment, after the key. */
export function sightText(sight: Sight): string {
  if (sight.kind === "elements") return `show=${sight.ids.slice(0, MOST_SHOWN).join(",")}`;
  const [x, y] = [sight.x, sight.y].map(Math.round);
  return `view=${x},${y},${Number(sight.zoom.toFixed(3))}`;
}

/**
 * A link to a place on the same board, without the key: whoever sees it there has a key already, and must not
 * get a better one. Other links come back as they are.
 */
export function withoutOwnKey(link: string, board: string, origin: string): string {
  const sight = sightOnBoard(link, board, origin);
  return sight === undefined
    ? link
    : `${origin}/b/${board}${sight === null ? "" : `#${sightText(sight)}`}`;
}

/** What a link points to on this very board (null: the board itself); undefined if it leads elsewhere. */
export function sightOnBoard(
  link: string,
  board: string,
  origin: string,
): Sight | null | undefined {
  try {
    const url = new URL(link);
    return url.origin === origin && boardAddress(url)?.id === board ? sightOf(url) : undefined;
  } catch {
    return undefined;
  }
}

/** Where the board's WebSocket is, on the server that `page` came from; the key is not in it. */
export function boardSocketUrl(id: string, { protocol, host }: URL): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/boards/${id}/socket`;
}
