import { bindingAt } from "../../editor/bindable";
import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import { isLinear, linePoints, localPointsOf, worldPointsOf } from "../../editor/local_points";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import type { Grip } from "../../editor/selection_overlay";
import type { ToolState } from "../../editor/tool";
import type { Arrow, Binding, Line, Props } from "../../generated/protocol";
import { invertPlace, type Vec } from "../../geometry/place";
import { snappedAngle } from "../linear/angle";
import { SelectIdle } from "./idle";

/** One point of a line follows the pointer; an end takes hold of the shape under it. */
export class DraggingPoint implements ToolState {
  readonly busy = true;
  readonly cursor = "pointer";
  readonly #editor: Editor;
  readonly #line: Line | Arrow | null;
  readonly #index: number;
  readonly #points: readonly Vec[];
  #changes: Changes = new Map();
  #moved = false;

  constructor(editor: Editor, from: PointerInput, grip: Extract<Grip, { kind: "point" }>) {
    this.#editor = editor;
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
    if (line === null) return;
    this.#moved = true;
    const isEnd = this.#index === 0 || this.#index === this.#points.length - 1;
    const binding = isEnd && !at.ctrl ? bindingAt(this.#editor, at, [line.id]) : null;
    const to = at.shift ? this.#snapped(line, at) : at;
    const points = [...this.#points];
    points[this.#index] = invertPlace(line.place, to.x, to.y);
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

  /** In steps of 15 degrees from the point before it. */
  #snapped(line: Line | Arrow, at: Vec): Vec {
    const world = worldPointsOf(line);
    const beside = this.#index === 0 ? world[1] : world[this.#index - 1];
    return beside === undefined ? at : snappedAngle(beside, at);
  }
}
