/**
 * Elements as Excalidraw's clipboard has them (its JSON, with what its `restore` cannot fill in by itself).
 *
 * The other way, from Excalidraw, is the server's: `backend/inkwire/importing`.
 */
import type { Binding, Element, Head } from "../generated/protocol";
import { applyPlace, type Vec } from "../geometry/place";
import { decodePoints, type InkPoint } from "../geometry/points";
import { boxOf, centreOf } from "./selection_box";

type Json = Record<string, unknown>;

/** More points than these would make a text that takes seconds to write. */
const MOST_POINTS = 200_000;

const FONTS = { hand: 5, sans: 2, serif: 2, mono: 3 } as const;
const HEADS: Readonly<Partial<Record<Head, string | null>>> = {
  none: null,
  "triangle-outline": "triangle_outline",
  "circle-outline": "circle_outline",
  "diamond-outline": "diamond_outline",
  "crowfoot-one": "crowfoot_one",
  "crowfoot-many": "crowfoot_many",
  "crowfoot-one-or-many": "crowfoot_one_or_many",
};

/** Excalidraw's elements, or null when there are too many points for a clipboard. */
export function excalidrawElements(elements: readonly Element[]): readonly Json[] | null {
  const points = elements.reduce(
    (sum, element) => sum + ("points" in element ? element.points.length / 2 : 0),
    0,
  );
  if (points > MOST_POINTS) return null;
  const present = new Map(elements.map((element) => [element.id, element]));
  const bound = boundTo(elements, present);
  return elements.flatMap((element) => written(element, present, bound));
}

function written(
  element: Element,
  present: ReadonlyMap<string, Element>,
  bound: ReadonlyMap<string, readonly Json[]>,
): readonly Json[] {
  const common = commonOf(element, present, bound);
  switch (element.type) {
    case "rectangle":
    case "diamond":
      return [{ ...common, ...boxed(element), roundness: element.rounded ? { type: 3 } : null }];
    case "ellipse":
      return [{ ...common, ...boxed(element) }];
    case "triangle": {
      const corners = [
        [0.5, 0],
        [1, 1],
        [0, 1],
        [0.5, 0],
      ] as const;
      const path = corners.map(([x, y]) => applyPlace(element.place, x, y));
      return [{ ...common, ...through(path), type: "line", polygon: true, roundness: null }];
    }
    case "line":
    case "arrow": {
      const path = decodePoints(element.points).map(({ x, y }) => applyPlace(element.place, x, y));
      const arrow = element.type === "arrow" && {
        startArrowhead: headOf(element.startHead),
        endArrowhead: headOf(element.endHead),
        elbowed: element.curve === "elbow",
      };
      return [
        {
          ...common,
          ...through(path),
          ...arrow,
          roundness: element.curve === "round" ? { type: 2 } : null,
          startBinding: bindingOf(element.start, present),
          endBinding: bindingOf(element.end, present),
        },
      ];
    }
    case "freedraw": {
      const ink = decodePoints(element.points);
      const path = ink.map(({ x, y }) => applyPlace(element.place, x, y));
      const isSimulated = ink.every(({ pressure }) => pressure === ink[0]?.pressure);
      return [
        {
          ...common,
          ...through(path),
          opacity: Number(common.opacity) * (element.brush === "highlighter" ? 0.5 : 1),
          simulatePressure: isSimulated,
          pressures: isSimulated ? [] : ink.map(({ pressure }: InkPoint) => round(pressure)),
        },
      ];
    }
    case "text":
      return [{ ...common, ...boxed(element), ...lettered(element), autoResize: element.autoSize }];
    case "note": {
      const words = `${element.id}-words`;
      const paper = {
        ...common,
        ...boxed(element),
        type: "rectangle",
        strokeColor: "transparent",
        backgroundColor: element.fill,
        fillStyle: "solid",
        roughness: 0,
        boundElements: [...(bound.get(element.id) ?? []), { id: words, type: "text" }],
      };
      if (element.text === "") return [paper];
      const text = { ...lettered(element), id: words, type: "text", containerId: element.id };
      return [paper, { ...common, ...boxed(element), ...text, boundElements: null, link: null }];
    }
    case "frame":
      return [{ ...common, ...boxed(element), name: element.name }];
    case "image":
      return []; // Its picture is not at hand here.
  }
}

function commonOf(
  element: Element,
  present: ReadonlyMap<string, Element>,
  bound: ReadonlyMap<string, readonly Json[]>,
): Json {
  const { id, type, opacity, groups, frame, link } = element;
  const look: Json = {};
  if ("color" in element) look.strokeColor = element.color;
  if ("fill" in element) look.backgroundColor = element.fill;
  if ("fillStyle" in element) {
    look.fillStyle = element.fillStyle;
  }
  if ("dash" in element) {
    look.strokeStyle = element.dash;
    look.roughness = element.roughness;
    look.seed = element.seed;
  }
  if ("strokeWidth" in element) look.strokeWidth = element.strokeWidth;
  return {
    id,
    type,
    ...look,
    angle: 0,
    opacity: Math.round(opacity * 100),
    groupIds: groups,
    frameId: present.has(frame) ? frame : null,
    link: link || null,
    locked: false,
    isDeleted: false,
    version: 1,
    versionNonce: 1,
    boundElements: bound.get(id) ?? null,
  };
}

/** What hangs on each element: the texts in it and the arrows that end on it. */
function boundTo(
  elements: readonly Element[],
  present: ReadonlyMap<string, Element>,
): ReadonlyMap<string, readonly Json[]> {
  const bound = new Map<string, Json[]>();
  const add = (to: string | undefined, id: string, type: string) => {
    if (to === undefined || !present.has(to)) return;
    bound.set(to, [...(bound.get(to) ?? []), { id, type }]);
  };
  for (const element of elements) {
    if (element.type === "text") add(element.container, element.id, "text");
    if (element.type !== "arrow") continue;
    add(element.start?.to, element.id, "arrow");
    if (element.end?.to !== element.start?.to) add(element.end?.to, element.id, "arrow");
  }
  return bound;
}

/** Excalidraw's box lies upright and is turned about its middle. */
function boxed(element: Element): Json {
  const box = boxOf(element);
  const middle = centreOf(box);
  return {
    x: round(middle.x - box.width / 2),
    y: round(middle.y - box.height / 2),
    width: round(box.width),
    height: round(box.height),
    angle: (box.angle + 2 * Math.PI) % (2 * Math.PI),
  };
}

/** A path in the world: its points as they lie, so that nothing is left to turn or stretch. */
function through(path: readonly Vec[]): Json {
  const [first = { x: 0, y: 0 }] = path;
  const xs = path.map(({ x }) => x);
  const ys = path.map(({ y }) => y);
  const span = (values: readonly number[]) =>
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) -
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  return {
    x: round(first.x),
    y: round(first.y),
    width: round(span(xs)),
    height: round(span(ys)),
    points: path.map(({ x, y }) => [round(x - first.x), round(y - first.y)]),
  };
}

function lettered(element: Extract<Element, { readonly text: string }>): Json {
  const { text, font, fontSize, lineHeight, align, verticalAlign, color } = element;
  return {
    text,
    originalText: text,
    fontSize,
    fontFamily: FONTS[font],
    lineHeight,
    textAlign: align,
    verticalAlign,
    strokeColor: color,
    backgroundColor: "transparent",
    containerId: element.type === "text" ? element.container || null : null,
  };
}

function bindingOf(binding: Binding | null, present: ReadonlyMap<string, Element>): Json | null {
  if (binding === null || !present.has(binding.to)) return null;
  const { to, at, focus, gap } = binding;
  return { elementId: to, focus: focus ?? 0, gap: gap ?? 1, fixedPoint: at ?? null };
}

function headOf(head: Head): string | null {
  const known = HEADS[head];
  return known === undefined ? head : known;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
