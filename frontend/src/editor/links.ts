import { LINK } from "../document/bounded";
import { MAX_LINK } from "../generated/limits";

/** The beginning of an address, whatever it is of. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
/** `example.org/path`, `localhost:8000`; no words with a colon, no scripts. */
const HOST = /^(localhost|[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,})(:\d{1,5})?([/?#]\S*)?$/iu;

/** Whether an element may hold it and a browser may be sent there: http, https and mailto, nothing else. */
export function isSafeLink(link: string): boolean {
  return link.length <= MAX_LINK && /^(https?:\/\/[^/]|mailto:[^/])/.test(link) && LINK.test(link);
}

/** What somebody typed or pasted, as the link they meant; null if that is none or not a safe one. */
export function linkOf(typed: string): string | null {
  const text = typed.trim();
  const [scheme] = SCHEME.exec(text) ?? [];
  if (MAIL.test(text)) return checked(`mailto:${text}`);
  if (HOST.test(text)) return checked(`https://${text}`);
  if (scheme === undefined) return null;
  return checked(scheme.toLowerCase() + text.slice(scheme.length));
}

/** The link that a text is, with nothing else in it: what is only likely one does not count. */
export function soleLink(text: string): string | null {
  return /^\s*(https?:\/\/|mailto:)/i.test(text) ? linkOf(text) : null;
}

function checked(link: string): string | null {
  return isSafeLink(link) ? link : null;
}
