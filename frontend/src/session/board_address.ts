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

export function boardPath({ id, token }: BoardAddress): string {
  return `/b/${id}#k=${token}`;
}
