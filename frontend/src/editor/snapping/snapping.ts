import { boundsOf, ringOf } from "../../elements/registry";
import type { Element } from "../../generated/protocol";
import type { Box } from "../../geometry/box";
import type { Vec } from "../../geometry/place";
import { GRID_STEP } from "../../render/background";
import type { Editor } from "../editor";
import type { Axis } from "./aligning";
import { NO_SNAP, type Snap } from "./guide";
import { snapBox, snapPoint } from "./snap_box";

/** Screen pixels within which something snaps. */
const REACH = 6;
/** Of more boxes in view the nearest are asked: nobody aligns by eye with the thousandth. */
const MOST_NEIGHBOURS = 400;

/** Whether an element has edges that others are lined up with: lines and ink have none. */
export function hasEdges(element: Element): boolean {
  return ringOf(element) !== null;
}

/** What one gesture snaps to: the grid, or else what is in view. Ctrl turns around what is set. */
export class Snapping {
  readonly #editor: Editor;
  readonly #except: ReadonlySet<string>;
  #neighbours: readonly Box[] | null = null;
  #seen = "";

  constructor(editor: Editor, except: ReadonlySet<string> = new Set()) {
    this.#editor = editor;
    this.#except = except;
  }

  /** The shift that brings a box, as the pointer would have it, to where it snaps. */
  box(box: Box, ctrl: boolean, axes?: readonly Axis[]): Snap {
    const mode = this.#mode(ctrl);
    if (mode === "grid") return toGrid({ x: box.minX, y: box.minY }, axes);
    if (mode === null) return NO_SNAP;
    const options = { reach: this.#reach, ...(axes === undefined ? {} : { axes }) };
    return snapBox(box, this.#neighboursOf(box), options);
  }

  /** The shift that brings a point that is pulled to where it snaps. */
  point(at: Vec, ctrl: boolean, axes?: readonly Axis[]): Snap {
    const mode = this.#mode(ctrl);
    if (mode === "grid") return toGrid(at, axes);
    if (mode === null) return NO_SNAP;
    const near = { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y };
    const options = { reach: this.#reach, ...(axes === undefined ? {} : { axes }) };
    return snapPoint(at.x, at.y, this.#neighboursOf(near), options);
  }

  /** The point where the grid would have it; where it is without a grid. */
  onGrid(at: Vec, ctrl: boolean): Vec {
    if (this.#mode(ctrl) !== "grid") return { x: at.x, y: at.y };
    const { dx, dy } = toGrid(at);
    return { x: at.x + dx, y: at.y + dy };
  }

  get #reach(): number {
    return REACH / this.#editor.zoom;
  }

  #mode(ctrl: boolean): "grid" | "objects" | null {
    const { grid, snapsToObjects } = this.#editor;
    if (grid.value) return ctrl ? null : "grid";
    return snapsToObjects.value !== ctrl ? "objects" : null;
  }

  /** The boxes in view, gathered once for as long as the view stays. */
  #neighboursOf(box: Box): readonly Box[] {
    const { camera, size } = this.#editor.ports.stage;
    const { x, y, zoom } = camera;
    const seen = `${x},${y},${zoom}`;
    if (this.#neighbours !== null && seen === this.#seen) return this.#neighbours;
    this.#seen = seen;
    const view = { minX: x, minY: y, maxX: x + size.width / zoom, maxY: y + size.height / zoom };
    const boxes: Box[] = [];
    for (const element of this.#editor.ports.index.search(view)) {
      if (!this.#except.has(element.id) && this.#counts(element)) boxes.push(boundsOf(element));
    }
    if (boxes.length > MOST_NEIGHBOURS) {
      const away = (other: Box) =>
        Math.abs(other.minX + other.maxX - box.minX - box.maxX) +
        Math.abs(other.minY + other.maxY - box.minY - box.maxY);
      boxes.sort((a, b) => away(a) - away(b));
      boxes.length = MOST_NEIGHBOURS;
    }
    this.#neighbours = boxes;
    return boxes;
  }

  #counts(element: Element): boolean {
    // Text in a shape lies where the shape wants it.
    return hasEdges(element) && !(element.type === "text" && element.container !== "");
  }
}

function toGrid(at: Vec, axes: readonly Axis[] = ["x", "y"]): Snap {
  const shift = (value: number) => Math.round(value / GRID_STEP) * GRID_STEP - value;
  return {
    dx: axes.includes("x") ? shift(at.x) : 0,
    dy: axes.includes("y") ? shift(at.y) : 0,
    guides: [],
  };
}
