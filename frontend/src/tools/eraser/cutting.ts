import { toWire } from "../../document/wire_element";
import type { Editor } from "../../editor/editor";
import { cutAlong, lengthOf, type Stroke } from "../../editor/ink_cutting";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { inkWidth } from "../../elements/freedraw/thin";
import type { Freedraw, Op, Place } from "../../generated/protocol";
import { boxOf, inflate } from "../../geometry/box";
import { applyPlace, invertPlace, type Vec } from "../../geometry/place";
import { decodePoints, encodePoints, PRESSURE, TIME } from "../../geometry/points";
import { ERASER_RADIUS } from "./radius";

/** What is left of one stroke, in the world as it lay when the eraser first met it. */
interface Cut {
  readonly place: Place;
  readonly pieces: readonly Stroke[];
}

/** The eraser takes away only the ink that it crosses; Esc brings it back. */
export class CuttingInk implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #cuts = new Map<string, Cut>();
  #last: Vec;

  constructor(editor: Editor, at: PointerInput) {
    this.#editor = editor;
    this.#last = at;
  }

  enter(): void {
    this.#cross([this.#last]);
  }

  pointerMove(at: PointerInput): void {
    this.#cross(at.samples);
  }

  pointerUp(at: PointerInput): void {
    this.pointerMove(at);
    const ops: Op[] = [];
    for (const [id, cut] of this.#cuts) ops.push(...this.#opsOf(id, cut));
    this.#editor.edit(ops);
    this.#editor.restart();
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    if (this.#cuts.size === 0) return;
    const { stage } = this.#editor.ports;
    stage.setHidden(new Set());
    stage.setDrafts([]);
  }

  #cross(way: readonly Vec[]): void {
    let touched = false;
    for (const to of way) {
      touched = this.#crossTo(to) || touched;
      this.#last = to;
    }
    if (touched) this.#show();
  }

  #crossTo(to: Vec): boolean {
    const editor = this.#editor;
    const radius = ERASER_RADIUS / editor.zoom;
    const path = inflate(boxOf(this.#last.x, this.#last.y, to.x, to.y), radius);
    let touched = false;
    for (const element of editor.ports.index.search(path)) {
      if (element.type !== "freedraw" || element.locked) continue;
      const cut = this.#cuts.get(element.id) ?? {
        place: element.place,
        pieces: [worldStroke(element)],
      };
      // The ink's edge is what one sees: a wide stroke is met before its middle is.
      const reach = radius + inkWidth(element) / 2;
      let changed = false;
      const pieces = cut.pieces.flatMap((piece) => {
        const left = cutAlong(piece, this.#last, to, reach);
        changed ||= left !== null;
        return left ?? [piece];
      });
      if (!changed) continue;
      touched = true;
      this.#cuts.set(element.id, { place: cut.place, pieces });
    }
    return touched;
  }

  #show(): void {
    const { stage } = this.#editor.ports;
    stage.setHidden(new Set(this.#cuts.keys()));
    const drafts: Freedraw[] = [];
    for (const [id, cut] of this.#cuts) {
      const element = this.#editor.get(id);
      if (element?.type !== "freedraw") continue;
      cut.pieces.forEach((piece, i) => {
        drafts.push({ ...element, id: `${id}/${i}`, points: pointsOf(piece, element, cut) });
      });
    }
    stage.setDrafts(drafts);
  }

  /** The longest piece stays the element, with what others do to it meanwhile; the others are new ones. */
  #opsOf(id: string, cut: Cut): Op[] {
    const element = this.#editor.get(id);
    if (element?.type !== "freedraw") return [];
    const [longest, ...rest] = [...cut.pieces].sort((a, b) => lengthOf(b) - lengthOf(a));
    if (longest === undefined) return [["delete", id]];
    return [
      ["set", id, { points: pointsOf(longest, element, cut) }],
      ...rest.map((piece): Op => {
        const points = pointsOf(piece, element, cut);
        return ["put", toWire({ ...element, id: this.#editor.newId(), points })];
      }),
    ];
  }
}

function worldStroke(element: Freedraw): Stroke {
  return decodePoints(element.points).map((point) => ({
    ...point,
    ...applyPlace(element.place, point.x, point.y),
  }));
}

/** A piece encoded as its stroke was. */
function pointsOf(piece: Stroke, { points }: Freedraw, { place }: Cut): Uint8Array {
  const [flags = 0, shift = 0] = points;
  const local = piece.map((point) => ({ ...point, ...invertPlace(place, point.x, point.y) }));
  const options = { shift, pressure: (flags & PRESSURE) !== 0, time: (flags & TIME) !== 0 };
  return encodePoints(local, options);
}
