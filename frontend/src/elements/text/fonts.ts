/** The four fonts of drawings (docs/drawing.md, section 4): names, metrics, and fetching them when needed. */
import type { Font } from "../../generated/protocol";

const FAMILIES: Readonly<Record<Font, string>> = {
  hand: '"Inkwire Hand", Virgil, Excalifont, "Segoe Print", "Comic Sans MS", cursive',
  sans: '"Inkwire Sans", Helvetica, Arial, "Liberation Sans", sans-serif',
  serif: '"Inkwire Serif", Georgia, "Times New Roman", serif',
  mono: '"Inkwire Mono", "Cascadia Code", Consolas, Menlo, monospace',
};

/** How far below the middle of a line its letters stand, as a share of the font size. */
export const BASELINE_SHIFT: Readonly<Record<Font, number>> = {
  hand: 0.256,
  sans: 0.27,
  serif: 0.35,
  mono: 0.347,
};

/** The value of a `font` property, for canvases and for CSS. */
export function fontString(font: Font, size: number): string {
  return `${size}px ${FAMILIES[font]}`;
}

export function fontFamily(font: Font): string {
  return FAMILIES[font];
}

const listeners = new Set<() => void>();
const asked = new Set<string>();
const waiting = new Set<Promise<unknown>>();
let age = 0;

/** Grows when a font has arrived: what was measured before is no longer true. */
export function fontsAge(): number {
  return age;
}

/** Calls when a font that a text needed has arrived. */
export function onFontsReady(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Resolves when no font that was asked for is still on its way. */
export async function fontsSettled(): Promise<void> {
  while (waiting.size > 0) await Promise.all(waiting);
}

/** Asks for the parts of a font that a text needs; each part is fetched once. */
export function needFont(font: Font, text: string): void {
  const set = fontSet();
  if (set === null) return;
  for (const [name, sample, pattern] of PARTS) {
    const key = `${font} ${name}`;
    if (asked.has(key) || !pattern.test(text)) continue;
    asked.add(key);
    const arriving = set
      .load(fontString(font, 16), sample)
      .then((faces) => {
        if (faces.length > 0) arrived();
      })
      .catch(() => {
        // Offline: the next family of the list is drawn; asked again with the next text.
        asked.delete(key);
      })
      .finally(() => waiting.delete(arriving));
    waiting.add(arriving);
  }
}

/** The subsets that the font files come in, with a letter of each. */
const PARTS: readonly (readonly [name: string, sample: string, pattern: RegExp])[] = [
  ["latin", "a", /./s],
  ["latin-ext", "\u0101", /[\u0100-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u20a0-\u20c0\u2c60-\u2c7f]/],
  ["greek", "\u03b1", /[\u0370-\u03ff]/],
  ["cyrillic", "\u0430", /[\u0400-\u04ff\u2116]/],
];

function arrived(): void {
  age++;
  for (const listener of listeners) listener();
}

/** The page's fonts, or a worker's; null where there are none, as in tests without a browser. */
function fontSet(): FontFaceSet | null {
  if (typeof document !== "undefined") return document.fonts;
  const scope = globalThis as { fonts?: FontFaceSet };
  return scope.fonts ?? null;
}
