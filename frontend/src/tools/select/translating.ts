import { toWire } from "../../document/wire_element";
import { duplicateOf } from "../../editor/duplicate";
import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import { framedAnew, framesUnder } from "../../editor/frames";
import { isLinear } from "../../editor/local_points";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import { boundsOfAll } from "../../editor/selection_box";
import type { Axis } from "../../editor/snapping/aligning";
import { NO_SNAP, type Snap } from "../../editor/snapping/guide";
import { hasEdges, Snapping } from "../../editor/snapping/snapping";
import type { ToolState } from "../../editor/tool";
import type { Element, Props } from "../../generated/protocol";
import type { Box } from "../../geometry/box";
import { translatePlace } from "../../geometry/place";
import { SelectIdle } from "./idle";

const MOST_LOOKED_AT = 200;

/** What is selected follows the pointer; with Shift along one axis, with Alt a duplicate of it. */
export class Translating implements ToolState {
  readonly busy = true;
  cursor = "move";
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #ids: ReadonlySet<string>;
  readonly #snapping: Snapping;
  /** Of what snaps, or of everything where nothing has edges. */
  readonly #box: Box;
  readonly #hasEdges: boolean;
  #at: PointerInput;
  #snap: Snap = NO_SNAP;

  constructor(editor: Editor, from: PointerInput) {
    this.#editor = editor;
    this.#from = from;
    this.#at = from;
    const moved = editor.unlocked();
    this.#ids = editor.attachments.withContents(moved.map(({ id }) => id));
    this.#snapping = new Snapping(editor, this.#ids);
    const edged = moved.filter(hasEdges);
    this.#hasEdges = edged.length > 0;
    this.#box = boundsOfAll(this.#hasEdges ? edged : moved);
  }

  pointerMove(at: PointerInput): void {
    this.#at = at;
    this.#rest();
    this.cursor = at.alt ? "copy" : "move";
    this.#editor.showCursor();
    const changes = this.#changes();
    if (at.alt) this.#editor.preview.showCopies(changes);
    else this.#editor.preview.show(changes);
    this.#editor.overlay.setGuides({
      snaps: this.#snap.guides,
      targets: this.#targets(changes),
    });
  }

  pointerUp(at: PointerInput): void {
    this.#at = at;
    this.#rest();
    const editor = this.#editor;
    if (at.alt) this.#duplicate();
    else editor.change(this.#framed(this.#changes()));
    editor.enter(new SelectIdle(editor));
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.preview.clear();
    this.#editor.overlay.setGuides({});
  }

  #shift(): { readonly dx: number; readonly dy: number } {
    const { dx, dy } = this.#pulled();
    return { dx: dx + this.#snap.dx, dy: dy + this.#snap.dy };
  }

  /** As far as the pointer has pulled it; with Shift along one axis. */
  #pulled(): { readonly dx: number; readonly dy: number } {
    const dx = this.#at.x - this.#from.x;
    const dy = this.#at.y - this.#from.y;
    if (!this.#at.shift) return { dx, dy };
    return Math.abs(dx) >= Math.abs(dy) ? { dx, dy: 0 } : { dx: 0, dy };
  }

  /** Where it comes to rest from there. Ink and lines have no edges: they keep only to the grid. */
  #rest(): void {
    const { dx, dy } = this.#pulled();
    const { minX, minY, maxX, maxY } = this.#box;
    const box = { minX: minX + dx, minY: minY + dy, maxX: maxX + dx, maxY: maxY + dy };
    const { shift, ctrl } = this.#at;
    const axes: readonly Axis[] = !shift ? ["x", "y"] : dy === 0 ? ["x"] : ["y"];
    const isFree = !this.#hasEdges && !this.#editor.grid.value;
    this.#snap = isFree ? NO_SNAP : this.#snapping.box(box, ctrl, axes);
  }

  #changes(): Changes {
    const editor = this.#editor;
    const at = this.#at;
    const { dx, dy } = this.#shift();
    const changes = new Map<string, Props>();
    for (const element of editor.existing(this.#ids)) {
      const place = translatePlace(element.place, dx, dy);
      // An arrow that is pulled away lets go of what stays behind.
      const loose = isLinear(element) ? this.#loosened(element.start?.to, element.end?.to) : {};
      changes.set(element.id, { place, ...loose });
    }
    return at.alt ? changes : withFollowers(changes, editor.following);
  }

  #loosened(start: string | undefined, end: string | undefined): Props {
    return {
      ...(start !== undefined && !this.#ids.has(start) ? { start: null } : {}),
      ...(end !== undefined && !this.#ids.has(end) ? { end: null } : {}),
    };
  }

  /** With the frames that what is moved comes to lie in. */
  #framed(changes: Changes): Changes {
    const frames = this.#editor.attachments.frames();
    const framed = new Map(changes);
    for (const [id, frame] of framesUnder(this.#moved(changes), frames)) {
      if (this.#editor.get(id)?.frame !== frame) framed.set(id, { ...framed.get(id), frame });
    }
    return framed;
  }

  #moved(changes: Changes): Element[] {
    const originals = this.#editor.existing(this.#ids);
    return originals.map((element) => ({ ...element, ...changes.get(element.id) }) as Element);
  }

  /** The frames that would take in what is moved, if it is little enough to look at every time. */
  #targets(changes: Changes): string[] {
    const frames = this.#editor.attachments.frames();
    if (frames.length === 0 || this.#ids.size > MOST_LOOKED_AT) return [];
    const under = framesUnder(this.#moved(changes), frames);
    const entered = [...under].filter(([id, frame]) => this.#editor.get(id)?.frame !== frame);
    return [...new Set(entered.map(([, frame]) => frame))].filter((frame) => frame !== "");
  }

  #duplicate(): void {
    const editor = this.#editor;
    const { dx, dy } = this.#shift();
    const copies = duplicateOf(editor.existing(this.#ids), dx, dy, {
      newId: () => editor.newId(),
      keys: (count) => editor.order.above(count),
    });
    editor.edit(
      framedAnew(copies.elements, editor.attachments.frames()).map((copy) => ["put", toWire(copy)]),
    );
    editor.select(
      editor.existing(editor.selection.value).map(({ id }) => copies.ids.get(id) ?? id),
    );
  }
}
