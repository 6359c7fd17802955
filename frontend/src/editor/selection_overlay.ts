import { courseOf } from "../elements/line/course";
import type { Arrow, Element, Line } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { applyPlace, type Vec } from "../geometry/place";
import type { Editor } from "./editor";
import { isLinear, worldPointsOf } from "./local_points";
import type { PointerKind } from "./pointer_input";
import type { OverlayShape } from "./ports";
import { unitGroupOf } from "./selection";
import {
  boxOf,
  cornersOf,
  distance,
  HANDLE_REACH,
  type Handle,
  handleAt,
  PADDING,
  padded,
  pointIn,
  rotateHandleOf,
  type SelectionBox,
  selectionBoxOf,
  sharesOf,
  visibleHandles,
} from "./selection_box";
import type { Guide } from "./snapping/guide";

/** What of the selection can be grabbed at a point. */
export type Grip =
  | { readonly kind: "resize"; readonly handle: Handle; readonly box: SelectionBox }
  | { readonly kind: "rotate"; readonly box: SelectionBox }
  /** `insert`: between two points, where a drag makes a third. */
  | { readonly kind: "point"; readonly id: string; readonly at: number; readonly insert: boolean };

type Outline = Extract<OverlayShape, { kind: "outline" }>;

export interface Guides {
  readonly marquee?: Box;
  /** Elements that will take what is being drawn, e.g. the shape under an arrow's tip. */
  readonly targets?: readonly string[];
  /** A colour that would be picked; in pixels of the screen. */
  readonly swatch?: { readonly at: Vec; readonly colour: string };
  /** What something has snapped to. */
  readonly snaps?: readonly Guide[];
}

/** More elements than these show only the box around all of them. */
const MOST_OUTLINES = 60;
/** A line of more points is changed as a whole. */
const MOST_POINTS = 24;
/** Screen pixels that a segment needs to show its middle. */
const LONG_SEGMENT = 40;

/** Draws what is selected and what can be grabbed, in sizes of the screen. */
export class SelectionOverlay {
  readonly #editor: Editor;
  #guides: Guides = {};
  #drawn = 0;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  setGuides(guides: Guides): void {
    this.#guides = guides;
    this.refresh();
  }

  refresh(): void {
    const shapes = this.#shapes();
    if (shapes.length === 0 && this.#drawn === 0) return;
    this.#drawn = shapes.length;
    this.#editor.ports.stage.setOverlay(shapes);
  }

  gripAt(at: Vec, kind: PointerKind): Grip | null {
    if (!this.#grippable()) return null;
    const { zoom } = this.#editor;
    const reach = HANDLE_REACH[kind === "touch" ? "touch" : "mouse"];
    const selected = this.#editor.selected();
    if (selected.some(({ locked }) => locked)) return null;
    const line = soleLine(selected);
    if (line !== null) {
      const point = pointGripAt(line, at, reach / zoom, zoom);
      if (point !== null) return { kind: "point", id: line.id, ...point };
    }
    const box = selectionBoxOf(selected);
    if (box === null || !hasBox(line)) return null;
    const handle = handleAt(box, handlesOf(selected, box, zoom), at, zoom, reach);
    if (handle === null) return null;
    return handle === "rotate" ? { kind: "rotate", box } : { kind: "resize", handle, box };
  }

  #grippable(): boolean {
    const { tool, readOnly, text } = this.#editor;
    return tool.value === "select" && !readOnly.value && text.edited.value === null;
  }

  #shapes(): OverlayShape[] {
    const editor = this.#editor;
    const shapes: OverlayShape[] = [];
    const elements: Element[] = [];
    for (const id of editor.selection.value) {
      const element = editor.preview.seen(id);
      if (element !== undefined) elements.push(element);
    }
    const before = (id: string) => editor.get(id);
    const box = editor.text.edited.value === null ? selectionBoxOf(elements, before) : null;
    if (box !== null) {
      this.#addEntered(shapes);
      const parts = this.#parts(elements);
      if (parts.length > 1 && parts.length <= MOST_OUTLINES) {
        for (const part of parts) shapes.push(this.#outline(part, true));
      }
      this.#addBox(shapes, elements, box);
    }
    for (const target of editor.existing(this.#guides.targets ?? [])) {
      shapes.push(this.#outline(boxOf(target), false));
    }
    for (const { from, to, ...kind } of this.#guides.snaps ?? []) {
      shapes.push({ kind: "guide", from: this.#screen(from), to: this.#screen(to), ...kind });
    }
    const { marquee, swatch } = this.#guides;
    if (swatch !== undefined) shapes.push({ kind: "swatch", ...swatch });
    if (marquee !== undefined) {
      const min = this.#screen({ x: marquee.minX, y: marquee.minY });
      const max = this.#screen({ x: marquee.maxX, y: marquee.maxY });
      shapes.push({ kind: "marquee", box: { minX: min.x, minY: min.y, maxX: max.x, maxY: max.y } });
    }
    return shapes;
  }

  /** The boxes of the groups and elements that are selected; of one group alone, of what is in it. */
  #parts(elements: readonly Element[]): SelectionBox[] {
    const entered = this.#editor.entered.value;
    const units = new Map<string, Element[]>();
    for (const element of elements) {
      const group = unitGroupOf(element, entered);
      const key = group === null ? element.id : `group ${group}`;
      const unit = units.get(key);
      if (unit === undefined) units.set(key, [element]);
      else unit.push(element);
      if (units.size > MOST_OUTLINES) return [];
    }
    const parts = units.size === 1 ? elements.map((each) => [each]) : [...units.values()];
    return parts.flatMap((part) => selectionBoxOf(part) ?? []);
  }

  /** The group that was entered: what is selected is in it. */
  #addEntered(shapes: OverlayShape[]): void {
    const { entered, attachments, preview } = this.#editor;
    if (entered.value === null) return;
    const members = attachments.membersOf(entered.value);
    const box = selectionBoxOf(members.map((member) => preview.seen(member.id) ?? member));
    if (box === null || members.length < 2) return;
    shapes.push({ ...this.#outline(box, true), dashed: true });
  }

  #addBox(shapes: OverlayShape[], elements: readonly Element[], box: SelectionBox): void {
    const { zoom, state } = this.#editor;
    const line = soleLine(elements);
    const boxed = hasBox(line);
    if (boxed) shapes.push(this.#outline(box, false));
    const fixed = elements.some(({ locked }) => locked);
    if (state.busy === true || fixed || !this.#grippable()) return;
    if (boxed) {
      const outer = padded(box, PADDING / zoom);
      const rotate = this.#screen(rotateHandleOf(box, zoom));
      shapes.push({ kind: "stem", from: this.#screen(pointIn(outer, 0.5, 0)), to: rotate });
      shapes.push({ kind: "handle", at: rotate, shape: "circle" });
      for (const handle of handlesOf(elements, box, zoom)) {
        const share = sharesOf(handle);
        const at = this.#screen(pointIn(outer, share.x, share.y));
        shapes.push({ kind: "handle", at, shape: "square", angle: box.angle });
      }
    }
    if (line === null) return;
    for (const { at, insert } of pointGrips(line, zoom)) {
      shapes.push({ kind: "handle", at: this.#screen(at), shape: insert ? "hint" : "circle" });
    }
  }

  #outline(box: SelectionBox, faint: boolean): Outline {
    const corners = cornersOf(padded(box, faint ? 0 : PADDING / this.#editor.zoom));
    return { kind: "outline", points: corners.map((corner) => this.#screen(corner)), faint };
  }

  #screen({ x, y }: Vec): Vec {
    const { camera } = this.#editor.ports.stage;
    return { x: (x - camera.x) * camera.zoom, y: (y - camera.y) * camera.zoom };
  }
}

/** A text has no handles for its height: that follows from its letters. */
function handlesOf(
  elements: readonly Element[],
  box: SelectionBox,
  zoom: number,
): readonly Handle[] {
  const handles = visibleHandles(box, zoom);
  if (elements.length === 1 && elements[0]?.type === "text") {
    return handles.filter((handle) => handle !== "n" && handle !== "s");
  }
  return handles;
}

/** Two points say all there is to say about a line; more need a box to be stretched with. */
function hasBox(line: Line | Arrow | null): boolean {
  return line === null || worldPointsOf(line).length > 2;
}

function soleLine(elements: readonly Element[]): Line | Arrow | null {
  const [only] = elements;
  if (elements.length !== 1 || only === undefined || !isLinear(only)) return null;
  return only;
}

interface PointGrip {
  readonly at: Vec;
  readonly index: number;
  readonly insert: boolean;
}

function pointGrips(line: Line | Arrow, zoom: number): PointGrip[] {
  const points = worldPointsOf(line);
  if (points.length > MOST_POINTS) return [];
  const grips: PointGrip[] = points.map((at, index) => ({ at, index, insert: false }));
  // Of an elbow arrow, the way between its ends is found anew whenever one of them moves.
  if (line.type === "arrow" && line.curve === "elbow") {
    return grips.filter(({ index }) => index === 0 || index === points.length - 1);
  }
  const middles = line.curve === "round" ? curveMiddlesOf(line) : null;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Vec;
    const b = points[i] as Vec;
    if (distance(a, b) * zoom < LONG_SEGMENT || line.curve === "elbow") continue;
    const middle = middles?.[i - 1] ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    grips.push({ at: middle, index: i, insert: true });
  }
  return grips;
}

/** The middle of each piece of a curve through the line's points, in the world. */
function curveMiddlesOf(line: Line | Arrow): Vec[] {
  const { points, cubics } = courseOf(line);
  const [x, y, , , angle] = line.place;
  return cubics.map(([ax, ay, bx, by, toX, toY], i) => {
    const [fromX, fromY] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const middle = { x: (fromX + 3 * (ax + bx) + toX) / 8, y: (fromY + 3 * (ay + by) + toY) / 8 };
    return applyPlace([x, y, 1, 1, angle], middle.x, middle.y);
  });
}

function pointGripAt(
  line: Line | Arrow,
  at: Vec,
  reach: number,
  zoom: number,
): { readonly at: number; readonly insert: boolean } | null {
  let best: PointGrip | null = null;
  let nearest = reach;
  for (const grip of pointGrips(line, zoom)) {
    const away = distance(grip.at, at);
    if (away > nearest) continue;
    // A real point wins over a middle that lies on it.
    if (best !== null && !best.insert && grip.insert) continue;
    best = grip;
    nearest = away;
  }
  return best === null ? null : { at: best.index, insert: best.insert };
}
