import { boundedElement } from "../document/bounded";
import { resolve, toWire } from "../document/wire_element";
import type { Element, WireElement } from "../generated/protocol";
import { countPoints } from "../geometry/points";
import { excalidrawElements } from "./excalidraw_clipboard";
import { WORDS } from "./words";

/** The type of what Inkwire puts on the clipboard, and the mark inside of it. */
export const CLIPBOARD_TYPE = "application/vnd.inkwire+json";

/** Excalidraw's mark for the elements it copies. */
const EXCALIDRAW_TYPE = "excalidraw/clipboard";

/** A clipboard can hold anything; so much of it is looked at. */
const LONGEST = 32 * 1024 * 1024;
const MOST_ELEMENTS = 10_000;

/** Elements as text; bytes as base64. */
export function toClipboardText(elements: readonly Element[]): string {
  return JSON.stringify(ownFormat(elements));
}

/**
 * What is put on the clipboard, by type.
 *
 * As plain text the letters of what is nothing but letters, for every other program; anything else as the
 * elements that Excalidraw reads, with our own beside them, for browsers that keep no other type.
 */
export function clipboardParts(elements: readonly Element[]): ReadonlyMap<string, string> {
  const own = ownFormat(elements);
  const text = JSON.stringify(own);
  const parts = new Map([[CLIPBOARD_TYPE, text]]);
  if (elements.every((element) => element.type === "text" || element.type === "note")) {
    const words = elements.map((element) => ("text" in element ? element.text : "")).join("\n");
    parts.set("text/plain", words);
    parts.set("text/html", `<pre data-inkwire="${base64OfText(text)}">${escaped(words)}</pre>`);
    return parts;
  }
  const theirs = excalidrawElements(elements);
  const both = theirs && { type: EXCALIDRAW_TYPE, elements: theirs, files: {}, inkwire: own };
  parts.set("text/plain", both ? JSON.stringify(both) : text);
  return parts;
}

function ownFormat(elements: readonly Element[]) {
  const wires = elements.map((element) => {
    const wire = toWire(element);
    return wire.points === undefined ? wire : { ...wire, points: base64Of(wire.points) };
  });
  return { type: CLIPBOARD_TYPE, version: 1, elements: wires };
}

/** Our own format in HTML that `clipboardParts` made, or "". */
export function inHtml(html: string): string {
  const base64 = /data-inkwire="([A-Za-z0-9+/=]+)"/.exec(html.slice(0, LONGEST))?.[1];
  const bytes = base64 === undefined ? null : bytesOf(base64);
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}

/** Whether a text is Excalidraw's clipboard, or the whole of one of its files. */
export function isExcalidraw(text: string): boolean {
  return /^\s*\{\s*"type"\s*:\s*"excalidraw(\/clipboard|lib)?"/.test(text.slice(0, 200));
}

/** The elements in a text that holds our own format; null if it is some other text. Never throws. */
export function fromClipboardText(text: string): Element[] | null {
  if (text.length > LONGEST || !text.includes(CLIPBOARD_TYPE)) return null;
  const whole = parsed(text);
  const board = (whole?.type === EXCALIDRAW_TYPE ? whole.inkwire : whole) as typeof whole;
  if (board?.type !== CLIPBOARD_TYPE || !Array.isArray(board.elements)) return null;
  const elements = new Map<string, Element>();
  for (const item of board.elements.slice(0, MOST_ELEMENTS)) {
    const element = elementOf(item);
    if (element !== null) elements.set(element.id, element);
  }
  return [...elements.values()];
}

function elementOf(item: unknown): Element | null {
  if (typeof item !== "object" || item === null) return null;
  const values: Record<string, unknown> = { ...item };
  if ("points" in values) {
    const points = typeof values.points === "string" ? bytesOf(values.points) : null;
    // What the server cannot read would end the connection.
    if (points === null || countPoints(points) === null) return null;
    values.points = points;
  }
  for (const [name, words] of Object.entries(WORDS)) {
    const word = values[name];
    if (typeof word !== "string" || !words.includes(word)) delete values[name];
  }
  const wire = boundedElement(values as unknown as WireElement);
  return wire === undefined ? null : resolve(wire);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function base64Of(bytes: Uint8Array): string {
  let letters = "";
  // In pieces: a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    letters += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(letters);
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function base64OfText(text: string): string {
  return base64Of(new TextEncoder().encode(text));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
