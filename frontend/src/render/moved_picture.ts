import { paintBoundsOf } from "../elements/registry";
import { Surface } from "../elements/surface";
import type { Element, Place } from "../generated/protocol";
import {
  type Box,
  contains,
  EMPTY_BOX,
  inflate,
  intersection,
  isEmpty,
  union,
} from "../geometry/box";
import { inPaintOrder } from "../spatial/paint_order";
import { paintSlice } from "./painter";
import type { Painting } from "./painting";
import { contextOf, newEasel, Picture } from "./picture";
import type { Screen } from "./screen";

/** Where elements are while they are dragged, by id. */
export type Places = ReadonlyMap<string, Place>;

/** Fewer are drawn quicker than they are kept. */
const FEWEST = 24;

/** A dragged selection as one picture, rasterised once and then only moved, by the compositor. */
export class MovedPicture {
  private shown: Picture | null = null;
  private made = false;
  /** What of the world, before the move, the picture shows. */
  private covers: Box = EMPTY_BOX;
  private scale = 0;
  private ids: readonly string[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly painting: Painting,
  ) {}

  clear(): void {
    this.shown?.canvas.remove();
    this.shown = null;
    this.made = false;
  }

  /** Shows the selection where it has been dragged to; false if that is no job for a picture. */
  show(screen: Screen, moves: Places): boolean {
    const shift = moves.size < FEWEST ? null : this.commonShift(moves);
    if (shift === null) {
      this.clear();
      return false;
    }
    const { minX, minY, maxX, maxY } = screen.box;
    const [dx, dy] = shift;
    const seen = { minX: minX - dx, minY: minY - dy, maxX: maxX - dx, maxY: maxY - dy };
    if (!this.isCurrent(moves, screen, seen)) this.rasterise(moves, screen, seen);
    const { shown, covers } = this;
    if (shown === null) return true;
    const left = Math.round((covers.minX + dx - screen.x) * screen.scale) / screen.pixelRatio;
    const top = Math.round((covers.minY + dy - screen.y) * screen.scale) / screen.pixelRatio;
    shown.canvas.style.transform = `translate3d(${left}px,${top}px,0)`;
    return true;
  }

  /** How far all have moved, if they all have moved alike and nothing else. */
  private commonShift(moves: Places): [dx: number, dy: number] | null {
    let shift: [number, number] | null = null;
    for (const [id, [x, y, sx, sy, angle]] of moves) {
      const element = this.painting.scene.get(id);
      if (element === undefined) continue;
      const [x0, y0, sx0, sy0, angle0] = element.place;
      if (sx !== sx0 || sy !== sy0 || angle !== angle0) return null;
      shift ??= [x - x0, y - y0];
      if (Math.abs(x - x0 - shift[0]) > 1e-3 || Math.abs(y - y0 - shift[1]) > 1e-3) return null;
    }
    return shift;
  }

  private isCurrent(moves: Places, screen: Screen, seen: Box): boolean {
    return (
      this.made &&
      this.scale === screen.scale &&
      this.ids.length === moves.size &&
      this.ids.every((id) => moves.has(id)) &&
      contains(this.covers, intersection(this.boxOfAll(moves), seen))
    );
  }

  private all: { readonly ids: readonly string[]; readonly box: Box } = { ids: [], box: EMPTY_BOX };

  private boxOfAll(moves: Places): Box {
    if (this.all.ids !== this.ids) {
      let box = EMPTY_BOX;
      for (const id of moves.keys()) {
        const element = this.painting.scene.get(id);
        if (element !== undefined) box = union(box, paintBoundsOf(element));
      }
      this.all = { ids: this.ids, box };
    }
    return this.all.box;
  }

  private rasterise(moves: Places, screen: Screen, seen: Box): void {
    const { painting } = this;
    this.ids = [...moves.keys()];
    // Half a screen more on each side, so that dragging on does not rasterise anew at once.
    const room = (Math.max(screen.width, screen.height) / screen.zoom) * 0.5;
    const box = intersection(this.boxOfAll(moves), inflate(seen, room));
    this.clear();
    this.scale = screen.scale;
    this.made = true;
    this.covers = box;
    if (isEmpty(box)) return;
    const x = Math.floor(box.minX * screen.scale) / screen.scale;
    const y = Math.floor(box.minY * screen.scale) / screen.scale;
    this.covers = { ...box, minX: x, minY: y };
    const width = Math.max(1, Math.ceil((box.maxX - x) * screen.scale));
    const height = Math.max(1, Math.ceil((box.maxY - y) * screen.scale));
    const view = { x, y, scale: screen.scale, pixelRatio: screen.pixelRatio };
    const easel = newEasel(width, height);
    const surface = new Surface(contextOf(easel, false), view, painting.paper, painting.picture);
    const elements: Element[] = [];
    for (const id of this.ids) {
      const element = painting.scene.get(id);
      if (element !== undefined) elements.push(element);
    }
    const { scene } = painting;
    const { moving } = scene;
    scene.moving = new Set();
    paintSlice(surface, scene, inPaintOrder(elements), 0, Number.POSITIVE_INFINITY, painting.now);
    scene.moving = moving;
    this.shown = new Picture(width, height, false);
    this.shown.show(easel);
    const { canvas } = this.shown;
    canvas.className = "board-moved";
    canvas.style.width = `${width / screen.pixelRatio}px`;
    canvas.style.height = `${height / screen.pixelRatio}px`;
    this.host.append(canvas);
  }
}
