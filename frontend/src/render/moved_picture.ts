import { paintBoundsOf } from "../elements/registry";
import { Surface } from "../elements/surface";
import type { Element } from "../generated/protocol";
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
import type { Places } from "./live_layer";
import { paintSlice } from "./painter";
import type { Painting } from "./painting";
import type { Screen } from "./screen";

/** Fewer are drawn quicker than they are kept. */
const FEWEST = 24;

/** A dragged selection as one picture, rasterised once and then only moved. */
export class MovedPicture {
  private canvas: HTMLCanvasElement | null = null;
  /** What of the world, before the move, the picture shows. */
  private covers: Box = EMPTY_BOX;
  private scale = 0;
  private ids: readonly string[] = [];

  constructor(private readonly painting: Painting) {}

  clear(): void {
    this.canvas = null;
  }

  /** Draws the selection where it has been dragged to; false if that is no job for a picture. */
  draw(surface: Surface, screen: Screen, moves: Places): boolean {
    if (moves.size < FEWEST) return false;
    const shift = this.commonShift(moves);
    if (shift === null) return false;
    const { minX, minY, maxX, maxY } = screen.box;
    const [dx, dy] = shift;
    const seen = { minX: minX - dx, minY: minY - dy, maxX: maxX - dx, maxY: maxY - dy };
    if (!this.isCurrent(moves, screen, seen)) this.rasterise(moves, screen, seen);
    const { canvas, covers } = this;
    if (canvas === null) return true;
    const { ctx } = surface;
    surface.flush();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    const left = Math.round((covers.minX + dx - screen.x) * screen.scale);
    const top = Math.round((covers.minY + dy - screen.y) * screen.scale);
    ctx.drawImage(canvas, left, top);
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
      this.canvas !== null &&
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
    this.scale = screen.scale;
    this.canvas = null;
    this.covers = box;
    if (isEmpty(box)) return;
    const x = Math.floor(box.minX * screen.scale) / screen.scale;
    const y = Math.floor(box.minY * screen.scale) / screen.scale;
    this.covers = { ...box, minX: x, minY: y };
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.ceil((box.maxX - x) * screen.scale));
    canvas.height = Math.max(1, Math.ceil((box.maxY - y) * screen.scale));
    const view = { x, y, scale: screen.scale, pixelRatio: screen.pixelRatio };
    const ctx = canvas.getContext("2d")!;
    const surface = new Surface(ctx, view, painting.paper, painting.picture);
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
    this.canvas = canvas;
  }
}
