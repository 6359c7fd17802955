/*
 * The colours on offer. The scales are Open Color 1.9 (https://github.com/yeun/open-color, MIT), which the
 * drawings people bring along use too, so a picked colour matches an imported one.
 */

export interface Swatch {
  readonly name: string;
  /** #rrggbb or "transparent". */
  readonly color: string;
}

/** For strokes and text: dark enough on paper. */
export const INKS: readonly Swatch[] = [
  { name: "black", color: "#1e1e1e" },
  { name: "red", color: "#e03131" },
  { name: "green", color: "#2f9e44" },
  { name: "blue", color: "#1971c2" },
  { name: "orange", color: "#f08c00" },
];

/** For areas: light enough to write on. */
export const FILLS: readonly Swatch[] = [
  { name: "transparent", color: "transparent" },
  { name: "red", color: "#ffc9c9" },
  { name: "green", color: "#b2f2bb" },
  { name: "blue", color: "#a5d8ff" },
  { name: "yellow", color: "#ffec99" },
];

/** The paper of sticky notes. */
export const PAPERS: readonly Swatch[] = [
  { name: "yellow", color: "#fff3bf" },
  { name: "pink", color: "#ffdeeb" },
  { name: "green", color: "#d3f9d8" },
  { name: "blue", color: "#d0ebff" },
  { name: "violet", color: "#e5dbff" },
];

/** The ink of the highlighter. */
export const MARKERS: readonly Swatch[] = [
  { name: "yellow", color: "#ffd43b" },
  { name: "green", color: "#69db7c" },
  { name: "blue", color: "#4dabf7" },
  { name: "pink", color: "#f783ac" },
  { name: "orange", color: "#ffa94d" },
];

/** One row a hue, from light to dark. */
export const GRID: readonly { readonly name: string; readonly colors: readonly string[] }[] = [
  { name: "gray", colors: ["#ffffff", "#e9ecef", "#adb5bd", "#495057", "#1e1e1e"] },
  { name: "red", colors: ["#ffe3e3", "#ffc9c9", "#ff8787", "#fa5252", "#e03131"] },
  { name: "pink", colors: ["#ffdeeb", "#fcc2d7", "#f783ac", "#e64980", "#c2255c"] },
  { name: "violet", colors: ["#e5dbff", "#d0bfff", "#9775fa", "#7950f2", "#6741d9"] },
  { name: "blue", colors: ["#d0ebff", "#a5d8ff", "#4dabf7", "#228be6", "#1971c2"] },
  { name: "teal", colors: ["#c3fae8", "#96f2d7", "#38d9a9", "#12b886", "#099268"] },
  { name: "green", colors: ["#d3f9d8", "#b2f2bb", "#69db7c", "#40c057", "#2f9e44"] },
  { name: "yellow", colors: ["#fff3bf", "#ffec99", "#ffd43b", "#fab005", "#f08c00"] },
  { name: "orange", colors: ["#ffe8cc", "#ffd8a8", "#ffa94d", "#fd7e14", "#e8590c"] },
  { name: "bronze", colors: ["#f8f1ee", "#eaddd7", "#d2bab0", "#a18072", "#846358"] },
];

/** Of people's cursors and names: white letters on them are readable. */
export const PERSON_COLORS: readonly string[] = [
  "#c92a2a",
  "#a61e4d",
  "#862e9c",
  "#5f3dc4",
  "#364fc7",
  "#1864ab",
  "#0b7285",
  "#087f5b",
  "#2b8a3e",
  "#a6470a",
];
