import { boundsOf, movedTo, paintBoundsOf } from "../elements/registry";
import { Surface } from "../elements/surface";
import type { Element } from "../generated/protocol";
import { inPaintOrder } from "../spatial/paint_order";
import { layerIn } from "./layer_in";
import { MovedPicture, type Places } from "./moved_picture";
import { paintOne } from "./painter";
import type { Painting } from "./painting";
import type { Screen } from "./screen";
import type { TileLayer } from "./tile_layer";
import { ViewCanvas } from "./view_canvas";

type Labels = ReadonlyMap<string, Element>;

/** Above this, shapes that change their size while dragged are drawn clean instead of by hand. */
const MOST_BY_HAND = 60;
const NO_PLACES: Places = new Map();
/** A larger change (a snapshot, an import) shows when its tiles are painted. */
const MOST_WAITING = 2500;

/**
 * What changes right now, above the tiles: drafts, what is dragged, and elements that have changed
 * until the tiles show them.
 */
export class LiveLayer {
  private readonly layer: ViewCanvas;
  private readonly waiting = new Map<string, Element>();
  private drafts: readonly Element[] = [];
  private remoteDrafts: readonly Element[] = [];
  private moves: Places | null = null;
  private remoteMoves: Places = new Map();
  private readonly picture: MovedPicture;
  /** All that is dragged is in the picture. */
  private pictured = false;
  private movesDirty = false;
  private dirty = false;
  private empty = true;
  private covered = false;

  constructor(
    host: HTMLElement,
    private readonly painting: Painting,
  ) {
    this.picture = new MovedPicture(layerIn(host, "moved"), painting);
    this.layer = new ViewCanvas(host, "live", false);
  }

  get needsFrame(): boolean {
    return this.dirty || this.movesDirty || this.waiting.size > 0;
  }

  /** Elements to be shown here until their tiles are painted. */
  wait(elements: readonly Element[]): void {
    if (elements.length + this.waiting.size > MOST_WAITING) return;
    for (const element of elements) this.waiting.set(element.id, element);
    this.dirty = true;
  }

  gone(id: string): void {
    this.waiting.delete(id);
    this.touchAll();
  }

  setDrafts(drafts: readonly Element[]): void {
    if (drafts.length === 0 && this.drafts.length === 0) return;
    this.drafts = drafts;
    this.dirty = true;
  }

  setRemote(drafts: readonly Element[], moves: Places): void {
    if (drafts.length + this.remoteDrafts.length + moves.size + this.remoteMoves.size === 0) return;
    this.remoteDrafts = drafts;
    this.remoteMoves = moves;
    this.dirty = true;
  }

  setMoves(moves: Places | null): void {
    if (moves === null) this.picture.clear();
    if (!this.pictured || moves === null) this.dirty = true;
    this.moves = moves;
    this.movesDirty = true;
  }

  /** The camera has moved, or everything looks different. */
  touchAll(): void {
    if (!this.empty) this.dirty = true;
    this.movesDirty = this.moves !== null;
  }

  /** The theme or what shapes are drawn with has changed. */
  restyle(): void {
    this.picture.clear();
    this.touchAll();
  }

  /** Lets go of what tiles show by now, then draws the rest. `covered`: a direct drawing shows all that waits. */
  draw(screen: Screen, tiles: TileLayer, covered: boolean): void {
    if (this.layer.fit(screen)) this.dirty = true;
    if (covered !== this.covered) {
      this.covered = covered;
      this.dirty = true;
    }
    this.letGo(tiles);
    this.drawPicture(screen);
    if (!this.dirty) return;
    this.dirty = false;
    if (!this.empty) this.layer.clear();
    const { waiting, drafts, remoteDrafts, remoteMoves } = this;
    this.empty =
      waiting.size + drafts.length + remoteDrafts.length + remoteMoves.size === 0 &&
      (this.moves === null || this.pictured);
    this.layer.show(!this.empty);
    if (this.empty) return;
    const { painting } = this;
    const view = { x: screen.x, y: screen.y, scale: screen.scale, pixelRatio: screen.pixelRatio };
    const surface = new Surface(this.layer.ctx, view, painting.paper, painting.picture);
    for (const element of covered ? [] : inPaintOrder(this.waiting.values())) {
      if (painting.scene.isShown(element)) paintOne(surface, painting.scene, element);
    }
    const labels = this.labels(this.remoteMoves, this.remoteDrafts);
    this.drawMoved(surface, this.remoteMoves, labels);
    const own = this.labels(this.moves ?? NO_PLACES, this.drafts);
    if (this.moves !== null && !this.pictured) this.drawMoved(surface, this.moves, own);
    for (const draft of this.remoteDrafts) paintOne(surface, painting.scene, draft, labels);
    for (const draft of this.drafts) paintOne(surface, painting.scene, draft, own);
    surface.flush();
  }

  /**
   * Opaque paint over the same paint looks the same: as long as others wait, what the tiles have got may stay. Drawing
   * hundreds anew for each tile that is done would take longer than the tiles.
   */
  private letGo(tiles: TileLayer): void {
    let gone = false;
    for (const [id, element] of this.waiting) {
      if (!tiles.isBaked(paintBoundsOf(element))) continue;
      this.waiting.delete(id);
      gone = true;
      if (!isOpaque(element)) this.dirty = true;
    }
    if (gone && this.waiting.size === 0) this.dirty = true;
  }

  private drawPicture(screen: Screen): void {
    if (!this.movesDirty) return;
    this.movesDirty = false;
    const pictured = this.moves !== null && this.picture.show(screen, this.moves);
    if (pictured !== this.pictured || !pictured) this.dirty = true;
    this.pictured = pictured;
  }

  /** The texts that stand in something and are moved or changed, by what they stand in. */
  private labels(moves: Places, drafts: readonly Element[]): Labels {
    const labels = new Map<string, Element>();
    const note = (element: Element | undefined, place = element?.place) => {
      if (element?.type !== "text" || element.container === "" || place === undefined) return;
      labels.set(element.container, { ...element, place });
    };
    for (const [id, place] of moves) note(this.painting.scene.get(id), place);
    for (const draft of drafts) if (draft.type === "text" && draft.text !== "") note(draft);
    return labels;
  }

  private drawMoved(surface: Surface, moves: Places, labels: Labels): void {
    if (moves.size === 0) return;
    const { scene } = this.painting;
    const moved: Element[] = [];
    for (const [id, place] of moves) {
      const element = scene.get(id);
      if (element !== undefined && !scene.hidden.has(id)) moved.push(movedTo(element, place));
    }
    surface.quick = moved.length > MOST_BY_HAND;
    for (const element of inPaintOrder(moved)) {
      const box = boundsOf(element);
      if (Number.isFinite(box.minX)) paintOne(surface, scene, element, labels);
    }
    surface.flush();
    surface.quick = false;
  }
}

function isOpaque(element: Element): boolean {
  return element.opacity === 1 && element.type === "freedraw" && element.brush === "pen";
}
