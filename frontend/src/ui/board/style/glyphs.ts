import type { IconNode } from "lucide";

/** Small pictures of what a choice looks like, in the grid and stroke of the icon family. */

export function widthGlyph(width: number): IconNode {
  return [["path", { d: "M5 12h14", "stroke-width": width }]];
}

export const DASH_GLYPHS: Readonly<Record<"solid" | "dashed" | "dotted", IconNode>> = {
  solid: [["path", { d: "M4 12h16", "stroke-width": 2 }]],
  dashed: [["path", { d: "M4 12h4m4 0h4m4 0h1", "stroke-width": 2 }]],
  dotted: [["path", { d: "M4 12h.01M9.3 12h.01M14.7 12h.01M20 12h.01", "stroke-width": 2.5 }]],
};

export const ROUGHNESS_GLYPHS: Readonly<Record<"clean" | "hand" | "wild", IconNode>> = {
  clean: [["path", { d: "M3 12h18" }]],
  hand: [["path", { d: "M3 12.5c3-2.5 6-2 9-.5s6 2 9-.5" }]],
  wild: [["path", { d: "M3 15c2-7 4.5-7 6 0s4 5 5.5-1 4-5 6.5-1" }]],
};

export const FILL_GLYPHS: Readonly<
  Record<"solid" | "hachure" | "cross-hatch" | "zigzag", IconNode>
> = {
  solid: [["rect", { x: 4, y: 4, width: 16, height: 16, rx: 3, fill: "currentColor" }]],
  hachure: [
    ["rect", { x: 4, y: 4, width: 16, height: 16, rx: 3 }],
    ["path", { d: "M4.5 11.5 11.5 4.5M4.5 19.5l15-15M12.5 19.5l7-7", "stroke-width": 1.25 }],
  ],
  "cross-hatch": [
    ["rect", { x: 4, y: 4, width: 16, height: 16, rx: 3 }],
    [
      "path",
      {
        d: "M4.5 11.5 11.5 4.5M4.5 19.5l15-15M12.5 19.5l7-7M12.5 4.5l7 7M4.5 4.5l15 15M4.5 12.5l7 7",
        "stroke-width": 1.25,
      },
    ],
  ],
  zigzag: [
    ["rect", { x: 4, y: 4, width: 16, height: 16, rx: 3 }],
    ["path", { d: "M4.5 10 10 4.5 7 14 14.5 7 11 17.5 19 10l-3 9.5", "stroke-width": 1.25 }],
  ],
};

export const STEADY_GLYPHS: Readonly<Record<"off" | "normal" | "strong", IconNode>> = {
  off: [["path", { d: "M3 13l2-3 2 5 2-6 2 6 2-5 2 4 2-5 2 4 2-2" }]],
  normal: [["path", { d: "M3 14c3-5 4-5 6-2s4 3 6-1 4-3 6 0" }]],
  strong: [["path", { d: "M3 15c5-8 12 2 18-6" }]],
};

export const RECOGNITION_GLYPHS: Readonly<Record<"off" | "on", IconNode>> = {
  off: [["path", { d: "M5 7c4-3 13-2 14 1s1 9-3 10-10 1-11-2-1-6 1-9" }]],
  on: [
    ["path", { d: "M4 13c0-5 2-8 7-9" }],
    ["rect", { x: 8, y: 8, width: 12, height: 12, rx: 1 }],
  ],
};

export const CORNER_GLYPHS: Readonly<Record<"sharp" | "round", IconNode>> = {
  sharp: [
    ["path", { d: "M5 20V5h15" }],
    ["path", { d: "M20 12v.01M20 19v.01M13 20v.01", "stroke-width": 1.75 }],
  ],
  round: [
    ["path", { d: "M5 20v-8a7 7 0 0 1 7-7h8" }],
    ["path", { d: "M20 12v.01M20 19v.01M13 20v.01", "stroke-width": 1.75 }],
  ],
};

export const CURVE_GLYPHS: Readonly<Record<"sharp" | "round" | "elbow", IconNode>> = {
  sharp: [["path", { d: "M4 18 10 8l5 6 5-9" }]],
  round: [["path", { d: "M4 18c3-14 7-13 8.5-7S18 16 20 5" }]],
  elbow: [["path", { d: "M4 18h8V6h8" }]],
};

export const HEAD_GLYPHS: Readonly<
  Record<"none" | "arrow" | "triangle" | "bar" | "dot", IconNode>
> = {
  none: [["path", { d: "M4 12h16" }]],
  arrow: [["path", { d: "M4 12h16m-6-5.5 6 5.5-6 5.5" }]],
  triangle: [
    ["path", { d: "M4 12h9" }],
    ["path", { d: "m13 7 7 5-7 5z", fill: "currentColor" }],
  ],
  bar: [["path", { d: "M4 12h15m0-6v12" }]],
  dot: [
    ["path", { d: "M4 12h11" }],
    ["circle", { cx: 17, cy: 12, r: 3, fill: "currentColor" }],
  ],
};
