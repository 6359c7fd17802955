/** Elements for tests: random ones of every type, within what the protocol allows. */
import fc from "fast-check";
import {
  DEFAULTS,
  type Element,
  type ElementType,
  type Place,
  PROPERTIES,
} from "../../generated/protocol";
import { encodePoints, type InkPoint } from "../../geometry/points";
import { BOX_TYPES } from "../sketch/options";

export function element(type: ElementType, props: Partial<Record<string, unknown>> = {}): Element {
  const all: Record<string, unknown> = { type, id: "e", place: [0, 0, 100, 60, 0], z: "a0" };
  const defaults: Record<string, unknown> = { ...DEFAULTS, points: new Uint8Array(0) };
  for (const name of PROPERTIES[type]) all[name] ??= defaults[name];
  return { ...all, ...props } as unknown as Element;
}

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const extent = fc
  .double({ min: 0.5, max: 2000, noNaN: true })
  .chain((size) => fc.constantFrom(size, -size));

export const anyPlace: fc.Arbitrary<Place> = fc.tuple(
  coordinate,
  coordinate,
  extent,
  extent,
  angle,
);

const scale = fc.double({ min: 0.2, max: 4, noNaN: true });
const pointPlace: fc.Arbitrary<Place> = fc.tuple(coordinate, coordinate, scale, scale, angle);

const anyPoint: fc.Arbitrary<InkPoint> = fc.record({
  x: fc.double({ min: -400, max: 400, noNaN: true }),
  y: fc.double({ min: -400, max: 400, noNaN: true }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
  time: fc.constant(0),
});

export const anyPoints = fc
  .tuple(fc.array(anyPoint, { minLength: 2, maxLength: 30 }), fc.boolean())
  .map(([points, pressure]) => encodePoints(points, { pressure }));

const looks = fc.record({
  strokeWidth: fc.constantFrom(0.5, 1, 2, 4, 16),
  roughness: fc.constantFrom(0, 1, 2, 4),
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  dash: fc.constantFrom("solid", "dashed", "dotted"),
  fill: fc.constantFrom("transparent", "#ffc9c9"),
  fillStyle: fc.constantFrom("solid", "hachure", "cross-hatch", "zigzag"),
  rounded: fc.boolean(),
});

export const anyBox: fc.Arbitrary<Element> = fc
  .tuple(fc.constantFrom(...BOX_TYPES), anyPlace, looks)
  .map(([type, place, look]) => element(type as ElementType, { ...look, place }));

const heads = fc.constantFrom(
  "none",
  "arrow",
  "triangle",
  "bar",
  "dot",
  "diamond",
  "crowfoot-many",
);

export const anyLine: fc.Arbitrary<Element> = fc
  .tuple(
    fc.constantFrom("line", "arrow"),
    pointPlace,
    looks,
    anyPoints,
    fc.constantFrom("sharp", "round", "elbow"),
    heads,
    heads,
  )
  .map(([type, place, look, points, curve, startHead, endHead]) =>
    element(type as ElementType, { ...look, place, points, curve, startHead, endHead }),
  );

export const anyStroke: fc.Arbitrary<Element> = fc
  .tuple(
    pointPlace,
    fc.constantFrom(0.5, 1, 2, 8),
    anyPoints,
    fc.constantFrom("pen", "highlighter"),
  )
  .map(([place, strokeWidth, points, brush]) =>
    element("freedraw", { place, strokeWidth, points, brush }),
  );

export const anyUpright: fc.Arbitrary<Element> = fc
  .tuple(fc.constantFrom("text", "note", "frame", "image"), anyPlace)
  .map(([type, place]) => element(type as ElementType, { place }));

export const anyElement = fc.oneof(anyBox, anyLine, anyStroke, anyUpright);
