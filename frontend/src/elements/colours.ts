/** Colours of drawings in the light and the dark theme (docs/drawing.md). */

export type Theme = "light" | "dark";

const cache = new Map<string, string>();

/** The colour as it is painted; `transparent` stays as it is. */
export function themed(colour: string, theme: Theme): string {
  if (theme === "light" || colour === "transparent") return colour;
  let dark = cache.get(colour);
  if (dark === undefined) {
    if (cache.size > 4096) cache.clear();
    dark = darkened(colour);
    cache.set(colour, dark);
  }
  return dark;
}

export function isTransparent(colour: string): boolean {
  return colour === "transparent" || (colour.length === 9 && colour.endsWith("00"));
}

/**
 * Inverted by 93 % and turned half around the hues, so that dark ink becomes light and red stays red:
 * the CSS filters `invert(93%) hue-rotate(180deg)` (Filter Effects 1, sections 6.1 and 8.5) as numbers.
 */
function darkened(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => 0.93 - (0.86 * hexByte(colour, at)) / 255) as [
    number,
    number,
    number,
  ];
  const turned = [
    -0.574 * r + 1.43 * g + 0.144 * b,
    0.426 * r + 0.43 * g + 0.144 * b,
    0.426 * r + 1.43 * g - 0.856 * b,
  ];
  const hex = turned.map((value) =>
    Math.round(Math.min(Math.max(value, 0), 1) * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}${colour.slice(7)}`;
}

function hexByte(colour: string, at: number): number {
  return Number.parseInt(colour.slice(at, at + 2), 16);
}
