/** Colours of drawings in the light and the dark theme (docs/drawing.md). */

export type Theme = "light" | "dark";

/** What a colour is for: the paper of notes and the highlighter's light are not simply turned around. */
export type Tone = "ink" | "paper" | "marker";

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
type Matrix = readonly [Rgb, Rgb, Rgb];

const inTheDark: Record<Tone, (colour: string) => string> = {
  ink: (colour) => hexOf(turned(rgbOf(colour), false), colour),
  paper: (colour) => hexOf(turned(rgbOf(colour), true), colour),
  // It adds light to what is below: the lighter of the two.
  marker(colour) {
    const [light, dark] = [rgbOf(colour), turned(rgbOf(colour), false)];
    return sum(light) >= sum(dark) ? colour : hexOf(dark, colour);
  },
};

/** The same hue at another lightness, so that dark ink becomes light; what is colourful is neither black nor white. */
function turned(rgb: Rgb, isPaper: boolean): Rgb {
  const [lightness, a, b] = oklab(rgb);
  let share = Math.min(1, Math.sqrt(a * a + b * b) / 0.18);
  share *= Math.sqrt(share);
  const plain = 0.945 - 0.765 * lightness * Math.sqrt(lightness);
  const dark = plain + share * (0.95 - 0.35 * lightness - plain);
  return displayed(isPaper ? dark + 0.18 * (1 - share) ** 2 : dark, 1.1 * a, 1.1 * b);
}

// Oklab, https://bottosson.github.io/posts/oklab/ (MIT): linear sRGB, what the eye's cones see, and lightness with two axes of colour.
const CONES_OF_RGB: Matrix = [
  [0.41222, 0.53633, 0.05145],
  [0.2119, 0.6807, 0.1074],
  [0.0883, 0.28172, 0.62998],
];
const LAB_OF_CONES: Matrix = [
  [0.21045, 0.79362, -0.00407],
  [1.978, -2.42859, 0.45059],
  [0.0259, 0.78277, -0.80867],
];
const CONES_OF_LAB: Matrix = [
  [1, 0.39634, 0.2158],
  [1, -0.10556, -0.06385],
  [1, -0.08948, -1.29149],
];
const RGB_OF_CONES: Matrix = [
  [4.07674, -3.30771, 0.23097],
  [-1.26844, 2.60976, -0.34132],
  [-0.0042, -0.70341, 1.70761],
];

/** Lightness 0 to 1, and the two axes of colour. */
function oklab(rgb: Rgb): Rgb {
  const linear = each(rgb, (value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return times(LAB_OF_CONES, each(times(CONES_OF_RGB, linear), Math.cbrt));
}

/** sRGB of an Oklab colour, its chroma reduced as far as a screen needs. */
function displayed(lightness: number, a: number, b: number): Rgb {
  const at = (chroma: number) =>
    times(
      RGB_OF_CONES,
      each(times(CONES_OF_LAB, [lightness, a * chroma, b * chroma]), (value) => value ** 3),
    );
  const isShown = (chroma: number) => at(chroma).every((value) => value >= 0 && value <= 1);
  let chroma = 0;
  if (isShown(1)) chroma = 1;
  else for (let more = 0.5; more > 0.0009; more /= 2) if (isShown(chroma + more)) chroma += more;
  return each(at(chroma), (value) => {
    const linear = Math.min(Math.max(value, 0), 1);
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  });
}

function times(matrix: Matrix, [x, y, z]: Rgb): Rgb {
  return each(matrix, ([a, b, c]) => a * x + b * y + c * z);
}

function each<T>(three: readonly [T, T, T], map: (one: T) => number): Rgb {
  return three.map((one) => map(one)) as unknown as Rgb;
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

function sum([r, g, b]: Rgb): number {
  return r + g + b;
}
