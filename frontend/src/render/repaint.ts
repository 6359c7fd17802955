import type { ChangeSet } from "../document/change_set";
import { keepDrawing, paintBoundsOf } from "../elements/registry";
import type { Element } from "../generated/protocol";
import { comparePaintOrder } from "../spatial/paint_order";
import type { InkLayer } from "./ink_layer";
import type { LiveLayer } from "./live_layer";
import type { Overview } from "./overview";
import type { Painting } from "./painting";
import type { TileLayer } from "./tile_layer";

/** More changes at once are a snapshot or an import rather than somebody's edit. */
export const BULK = 200;

/** Says which layers have to paint what anew when elements change. */
export class Repaint {
  private top: Element | null = null;

  constructor(
    private readonly painting: Painting,
    private readonly tiles: TileLayer,
    private readonly overview: Overview,
    private readonly live: LiveLayer,
    private readonly ink: InkLayer,
  ) {}

  /** Learns what is on the board already. */
  begin(elements: Iterable<Element>): void {
    for (const element of elements) this.raiseTop(element);
  }

  apply(changes: ChangeSet, loading: boolean): void {
    const { scene } = this.painting;
    scene.apply(changes);
    for (const element of changes.removed) {
      this.live.gone(element.id);
      this.ink.end(element.id);
      this.touch(element);
    }
    const fresh: Element[] = [];
    for (const { before, after } of changes.updated) {
      keepDrawing(before, after);
      // What is dragged is in no tile, and touched when that ends; a frame also clips what lies still.
      if (!scene.moving.has(after.id) || after.type === "frame") {
        this.touch(before);
        this.touch(after);
      }
      this.raiseTop(after);
      fresh.push(after);
    }
    const many = loading || sizeOf(changes) > BULK;
    for (const element of changes.added) {
      this.ink.end(element.id);
      fresh.push(element);
      if (this.raiseTop(element) && isPlain(element) && !many) this.append(element);
      else this.touch(element);
    }
    if (fresh.length > 0 && !loading) this.live.wait(fresh);
    // With a frame, whatever it clips comes into sight or goes out of it, wherever that lies.
    if (!many && [...changes.added, ...changes.removed].some(({ type }) => type === "frame")) {
      this.tiles.touchAll();
      this.overview.touchAll();
    }
  }

  /** Everything looks different. */
  all(): void {
    this.tiles.touchAll();
    this.overview.touchAll();
    this.live.restyle();
    this.ink.touchAll();
  }

  /** The elements that are in one of the sets only look different. */
  difference(before: ReadonlySet<string>, after: ReadonlySet<string>): void {
    for (const id of before) if (!after.has(id)) this.touchId(id);
    for (const id of after) if (!before.has(id)) this.touchId(id);
  }

  private touchId(id: string): void {
    const element = this.painting.scene.get(id);
    if (element !== undefined) this.touch(element);
  }

  private touch(element: Element): void {
    this.touchBox(element);
    // The arrow that a text labels has its gap there.
    if ("container" in element && element.container !== "") {
      const container = this.painting.scene.get(element.container);
      if (container !== undefined) this.touchBox(container);
    }
  }

  private touchBox(element: Element): void {
    const box = paintBoundsOf(element);
    this.tiles.touch(box);
    this.overview.touch(box);
  }

  private append(element: Element): void {
    this.tiles.append(element, paintBoundsOf(element));
    this.overview.append(element);
  }

  /** True if the element lies above all that have been seen. */
  private raiseTop(element: Element): boolean {
    if (this.top !== null && comparePaintOrder(element, this.top) <= 0) return false;
    this.top = element;
    return true;
  }
}

export function sizeOf(changes: ChangeSet): number {
  return changes.added.length + changes.updated.length + changes.removed.length;
}

/** False for what changes how others look: a frame clips, a label leaves a gap in its arrow. */
function isPlain(element: Element): boolean {
  return element.type !== "frame" && !("container" in element && element.container !== "");
}
