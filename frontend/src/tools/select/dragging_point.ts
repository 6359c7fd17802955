import { bindingAt } from "../../editor/bindable";
import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import { isLinear, linePoints, localPointsOf, worldPointsOf } from "../../editor/local_points";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import { distance } from "../../editor/selection_box";
import type { Grip } from "../../editor/selection_overlay";
import { Snapping } from "../../editor/snapping/snapping";
import type { ToolState } from "../../editor/tool";
import type { Arrow, Binding, Line, Props } from "../../generated/protocol";
import { applyPlace, invertPlace, type Vec } from "../../geometry/place";
import { isDrag } from "../drag";
import { snappedAngle } from "../linear/angle";
import { SelectIdle } from "./idle";
import { openAt } from "./open";

/** Screen pixels within which two points are one. */
const ONE_POINT = 8;

/** One point of a line follows the pointer; an end takes hold of the shape under it. */
export class DraggingPoint implements ToolState {
  readonly busy = true;
  readonly cursor = "pointer";
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #line: Line | Arrow | null;
  readonly #index: number;
  readonly #points: readonly Vec[];
  readonly #snapping: Snapping;
  #changes: Changes = new Map();
  #moved = false;

  constructor(editor: Editor, from: PointerInput, grip: Extract<Grip, { kind: "point" }>) {
    this.#editor = editor;
    this.#from = from;
    this.#snapping = new Snapping(editor);
    const element = editor.get(grip.id);
    this.#line = element !== undefined && isLinear(element) ? element : null;
    this.#index = grip.at;
    const points = this.#line === null ? [] : [...localPointsOf(this.#line)];
    if (this.#line !== null && grip.insert) {
      points.splice(grip.at, 0, invertPlace(this.#line.place, from.x, from.y));
    }
    this.#points = points;
  }

  pointerMove(at: PointerInput): void {
    const line = this.#line;
    this.#moved ||= isDrag(this.#from, at);
    if (line === null || !this.#moved) return;
    const isEnd = this.#index === 0 || this.#index === this.#points.length - 1;
    const binding = isEnd && !at.ctrl ? bindingAt(this.#editor, at, [line.id]) : null;
    const to = at.shift ? this.#snapped(line, at) : this.#snapping.onGrid(at, at.ctrl);
    const points = [...this.#points];
    points[this.#index] = invertPlace(line.place, to.x, to.y);
    if (this.#meetsNeighbour(line, to)) points.splice(this.#index, 1);
    const changed = { points: linePoints(points), ...this.#ends(isEnd, binding) };
    this.#changes = withFollowers(new Map([[line.id, changed]]), this.#editor.following);
    this.#editor.preview.show(this.#changes);
    this.#editor.overlay.setGuides({ targets: binding === null ? [] : [binding.to] });
  }

  pointerUp(at: PointerInput): void {
    if (this.#moved) {
      this.pointerMove(at);
      this.#editor.change(this.#changes);
    }
    this.#editor.enter(new SelectIdle(this.#editor));
    // The middle of an arrow is where its label is opened, too.
    if (!this.#moved && at.clicks === 2 && !at.shift && !at.ctrl) openAt(this.#editor, at);
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.preview.clear();
    this.#editor.overlay.setGuides({});
  }

  #ends(isEnd: boolean, binding: Binding | null): Props {
    if (!isEnd || this.#line?.type !== "arrow") return {};
    return this.#index === 0 ? { start: binding } : { end: binding };
  }

  /** An inner point that is put on the one beside it is one with it. */
  #meetsNeighbour(line: Line | Arrow, to: Vec): boolean {
    const near = (index: number) => {
      const at = index === this.#index ? undefined : this.#points[index];
      if (at === undefined) return false;
      return distance(applyPlace(line.place, at.x, at.y), to) * this.#editor.zoom < ONE_POINT;
    };
    const inner = this.#index > 0 && this.#index < this.#points.length - 1;
    return inner && (near(this.#index - 1) || near(this.#index + 1));
  }

  /** In steps of 15 degrees from the point before it. */
  #snapped(line: Line | Arrow, at: Vec): Vec {
    const world = worldPointsOf(line);
    const beside = this.#index === 0 ? world[1] : world[this.#index - 1];
    return beside === undefined ? at : snappedAngle(beside, at);
  }
}
