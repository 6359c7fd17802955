import { bindingAt } from "../../editor/bindable";
import { boundPoints } from "../../editor/binding";
import type { Editor } from "../../editor/editor";
import { linePoints } from "../../editor/local_points";
import { newLinear } from "../../editor/new_element";
import type { PointerInput } from "../../editor/pointer_input";
import { Snapping } from "../../editor/snapping/snapping";
import type { Arrow, Binding, Line } from "../../generated/protocol";
import { translatePlace, type Vec } from "../../geometry/place";
import { snappedAngle } from "./angle";

/** A line or arrow in the making: its fixed points, and what its ends hold on to. */
export class LineSketch {
  readonly type: "line" | "arrow";
  readonly #editor: Editor;
  readonly #blank: Line | Arrow;
  readonly #start: Binding | null;
  readonly #snapping: Snapping;
  readonly fixed: Vec[];

  constructor(editor: Editor, type: "line" | "arrow", from: PointerInput) {
    this.type = type;
    this.#editor = editor;
    this.#snapping = new Snapping(editor);
    const start = this.#snapping.onGrid(from, from.ctrl);
    this.#blank = newLinear(type, editor.birth([start.x, start.y, 1, 1, 0]));
    this.fixed = [start];
    this.#start = this.bindingAt(from);
  }

  /** The way between its ends is found, not drawn. */
  get isRouted(): boolean {
    return this.type === "arrow" && this.#blank.curve === "elbow";
  }

  /** What an end at `at` would hold on to; only arrows do, and not with Ctrl. */
  bindingAt(at: PointerInput): Binding | null {
    return this.type === "arrow" && !at.ctrl ? bindingAt(this.#editor, at, []) : null;
  }

  /** Where the next point goes: the pointer, with Shift in steps of 15 degrees. */
  next(at: PointerInput): Vec {
    const last = this.fixed.at(-1);
    return at.shift && last !== undefined
      ? snappedAngle(last, at)
      : this.#snapping.onGrid(at, at.ctrl);
  }

  /** The line through the fixed points and `more`; `end` is what its last point holds on to. */
  line(more: readonly Vec[], end: Binding | null): Line | Arrow {
    const points = [...this.fixed, ...more];
    const [x, y] = this.#blank.place;
    const local = points.map((point) => ({ x: point.x - x, y: point.y - y }));
    const free = { ...this.#blank, points: linePoints(local), start: this.#start, end };
    const bound = boundPoints(free, (id) => this.#editor.get(id));
    const [first = { x, y }] = bound;
    return {
      ...free,
      place: translatePlace(free.place, first.x - x, first.y - y),
      points: linePoints(bound.map((point) => ({ x: point.x - first.x, y: point.y - first.y }))),
    };
  }
}
