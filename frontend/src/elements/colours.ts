/** Colours of drawings in the light and the dark theme (docs/drawing.md). */

export type Theme = "light" | "dark";

/** What a colour is for: the paper of notes and the highlighter's light are not simply turned around. */
export type Tone = "ink" | "paper" | "marker";

/** Of a paper's own light, what is left in the dark: without it all papers would look alike. */
const PAPER_LIGHT = 0.25;

const caches: Record<Tone, Map<string, string>> = {
  ink: new Map(),
  paper: new Map(),
  marker: new Map(),
};

/** The colour as it is painted; `transparent` stays as it is. */
export function themed(colour: string, theme: Theme, tone: Tone = "ink"): string {
  if (theme === "light" || colour === "transparent") return colour;
  const cache = caches[tone];
  let dark = cache.get(colour);
  if (dark === undefined) {
    if (cache.size > 4096) cache.clear();
    dark = inTheDark[tone](colour);
    cache.set(colour, dark);
  }
  return dark;
}

export function isTransparent(colour: string): boolean {
  return colour === "transparent" || (colour.length === 9 && colour.endsWith("00"));
}

type Rgb = readonly [number, number, number];

const inTheDark: Record<Tone, (colour: string) => string> = {
  ink: (colour) => hexOf(turned(rgbOf(colour)), colour),
  paper(colour) {
    const [light, dark] = [rgbOf(colour), turned(rgbOf(colour))];
    const mixed = (at: number) => dark[at]! + PAPER_LIGHT * (light[at]! - dark[at]!);
    return hexOf([mixed(0), mixed(1), mixed(2)], colour);
  },
  // It adds light to what is below: the lighter of the two.
  marker(colour) {
    const [light, dark] = [rgbOf(colour), turned(rgbOf(colour))];
    return sum(light) >= sum(dark) ? colour : hexOf(dark, colour);
  },
};

/**
 * Inverted by 93 % and turned half around the hues, so that dark ink becomes light and red stays red:
 * the CSS filters `invert(93%) hue-rotate(180deg)` (Filter Effects 1, sections 6.1 and 8.5) as numbers.
 */
function turned(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((value) => 0.93 - 0.86 * value) as unknown as Rgb;
  return [
    within(-0.574 * r + 1.43 * g + 0.144 * b),
    within(0.426 * r + 0.43 * g + 0.144 * b),
    within(0.426 * r + 1.43 * g - 0.856 * b),
  ];
}

function rgbOf(colour: string): Rgb {
  const share = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [share(1), share(3), share(5)];
}

/** With the alpha of `like`. */
function hexOf(rgb: Rgb, like: string): string {
  const hex = rgb.map((value) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}${like.slice(7)}`;
}

function within(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

function sum([r, g, b]: Rgb): number {
  return r + g + b;
}
