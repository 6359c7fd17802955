import type { View } from "../elements/surface";
import type { Element } from "../generated/protocol";
import { type Box, inflate, intersects } from "../geometry/box";
import type { Painting } from "./painting";
import type { Screen } from "./screen";
import { Sheet } from "./sheet";
import {
  centreFirst,
  grow,
  inRange,
  type TileGrid,
  tileBox,
  tileKey,
  tileSide,
  tilesCovering,
} from "./tile_grid";

/** So many tiles around the visible ones are painted ahead, and so many are kept. */
const AHEAD = 1;
const KEPT = 2;
/** Below so many, none is forgotten. */
const MOST_KEPT = 120;
/** Further from the anchor than this many device pixels, positions in CSS lose their precision. */
const FAR = 2_000_000;

interface Generation {
  readonly grid: TileGrid;
  readonly zoom: number;
  readonly element: HTMLDivElement;
  readonly sheets: Map<string, Sheet>;
}

/**
 * The board as opaque tiles at the exact zoom, in one element that CSS moves. While one zooms, the
 * tiles at hand are scaled; those of the zoom arrived at then cover them one by one.
 */
export class TileLayer {
  private current: Generation | null = null;
  private before: Generation | null = null;
  private screen: Screen | null = null;
  /** All visible tiles of the current generation have had a picture. */
  private complete = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly painting: Painting,
  ) {}

  /** Device pixels per world unit that tiles are painted for. */
  get scale(): number {
    return this.current?.grid.scale ?? 0;
  }

  /** Starts painting for the zoom of the screen; what is at hand stays below until it is covered. */
  begin(screen: Screen): void {
    const generation = this.generationAt(screen);
    const [older, newer] = [this.before, this.current];
    // A generation that never was complete shows less than the one it was to cover: that one stays.
    const kept = older !== null && newer !== null && !this.complete ? older : newer;
    for (const dropped of [older, newer]) {
      if (dropped !== null && dropped !== kept) this.drop(dropped);
    }
    this.before = kept;
    this.current = generation;
    this.complete = false;
    this.host.append(generation.element);
    this.show(screen);
  }

  /** Moves the tiles to where the screen looks. Cheap: only CSS transforms change. */
  show(screen: Screen): void {
    this.screen = screen;
    const { current } = this;
    if (current !== null && isAt(current, screen) && isFar(current, screen)) {
      this.begin(screen);
      return;
    }
    for (const generation of [this.before, current]) {
      if (generation !== null) place(generation, screen);
    }
  }

  /** Something in the box looks different. */
  touch(box: Box): void {
    for (const sheet of this.sheets()) sheet.touch(box);
  }

  touchAll(): void {
    for (const sheet of this.sheets()) sheet.touchAll();
  }

  append(element: Element, box: Box): void {
    for (const sheet of this.sheets()) if (intersects(sheet.box, box)) sheet.append(element);
  }

  /** True when the tiles that show the box of the world show everything that has happened in it. */
  isBaked(box: Box): boolean {
    const { current, screen } = this;
    if (current === null || screen === null) return false;
    const visible = tilesCovering(current.grid, screen.box);
    const covering = tilesCovering(current.grid, inflate(box, 1 / current.grid.scale));
    for (let j = Math.max(visible.j0, covering.j0); j <= Math.min(visible.j1, covering.j1); j++) {
      for (let i = Math.max(visible.i0, covering.i0); i <= Math.min(visible.i1, covering.i1); i++) {
        if (current.sheets.get(tileKey(i, j))?.clean !== true) return false;
      }
    }
    return true;
  }

  /** True when each visible tile has a picture at the exact zoom. */
  isSharp(): boolean {
    const { current, screen } = this;
    if (current === null || screen === null || !isAt(current, screen)) return false;
    for (const [i, j] of centreFirst(tilesCovering(current.grid, screen.box))) {
      const sheet = current.sheets.get(tileKey(i, j));
      if (sheet?.ready !== true) return false;
    }
    return true;
  }

  /** Patches what changed in visible tiles while that is quick. */
  patch(deadline: number): void {
    for (const sheet of this.visibleSheets()) {
      if (this.painting.now() >= deadline) return;
      if (sheet.patchable) sheet.work(deadline);
    }
  }

  /** Paints tiles until the deadline: visible ones without a picture, changed ones, those ahead if wanted. */
  work(deadline: number, mayRefresh: (sheet: Sheet) => boolean, ahead: boolean): boolean {
    const { current, screen, painting } = this;
    if (current === null || screen === null || !isAt(current, screen)) return false;
    this.forgetFar(current, screen);
    while (painting.now() < deadline) {
      const sheet = this.next(current, screen, mayRefresh, ahead);
      if (sheet === null) break;
      sheet.work(deadline);
    }
    if (!this.complete && this.isSharp()) {
      this.complete = true;
      if (this.before !== null) this.drop(this.before);
      this.before = null;
    }
    return this.next(current, screen, mayRefresh, ahead) !== null;
  }

  get count(): number {
    return (this.current?.sheets.size ?? 0) + (this.before?.sheets.size ?? 0);
  }

  dispose(): void {
    for (const generation of [this.before, this.current]) {
      if (generation !== null) this.drop(generation);
    }
    this.before = null;
    this.current = null;
  }

  private next(
    generation: Generation,
    screen: Screen,
    mayRefresh: (sheet: Sheet) => boolean,
    ahead: boolean,
  ): Sheet | null {
    const visible = tilesCovering(generation.grid, screen.box);
    const tiles = centreFirst(grow(visible, ahead ? AHEAD : 0));
    for (const seen of [true, false]) {
      for (const missing of [true, false]) {
        for (const [i, j] of tiles) {
          if (inRange(visible, i, j) !== seen) continue;
          const sheet = this.sheetAt(generation, i, j);
          if (missing ? !sheet.ready : !sheet.clean && mayRefresh(sheet)) return sheet;
        }
      }
    }
    return null;
  }

  private sheetAt(generation: Generation, i: number, j: number): Sheet {
    const key = tileKey(i, j);
    const known = generation.sheets.get(key);
    if (known !== undefined) return known;
    const { grid } = generation;
    const { side } = grid;
    const ratio = grid.scale / generation.zoom;
    const box = tileBox(grid, i, j);
    const view: View = { x: box.minX, y: box.minY, scale: grid.scale, pixelRatio: ratio };
    const sheet = new Sheet(this.painting, box, view, side, side, (canvas) => {
      const { style } = canvas;
      style.left = `${(i * side) / ratio}px`;
      style.top = `${(j * side) / ratio}px`;
      style.width = `${side / ratio}px`;
      style.height = `${side / ratio}px`;
      generation.element.append(canvas);
    });
    generation.sheets.set(key, sheet);
    return sheet;
  }

  private generationAt(screen: Screen): Generation {
    const element = document.createElement("div");
    element.className = "board-tiles";
    Object.assign(element.style, {
      position: "absolute",
      left: "0",
      top: "0",
      transformOrigin: "0 0",
      willChange: "transform",
    });
    return {
      grid: {
        anchorX: screen.x,
        anchorY: screen.y,
        scale: screen.scale,
        side: tileSide(screen.pixelRatio),
      },
      zoom: screen.zoom,
      element,
      sheets: new Map(),
    };
  }

  private forgetFar(generation: Generation, screen: Screen): void {
    if (generation.sheets.size < MOST_KEPT) return;
    const kept = grow(tilesCovering(generation.grid, screen.box), KEPT);
    for (const [key, sheet] of generation.sheets) {
      const [i, j] = key.split(",").map(Number) as [number, number];
      if (inRange(kept, i, j)) continue;
      sheet.dispose();
      generation.sheets.delete(key);
    }
  }

  private *sheets(): Iterable<Sheet> {
    for (const generation of [this.before, this.current]) {
      if (generation !== null) yield* generation.sheets.values();
    }
  }

  private *visibleSheets(): Iterable<Sheet> {
    const { current, screen } = this;
    if (current === null || screen === null) return;
    for (const sheet of current.sheets.values()) {
      if (intersects(sheet.box, screen.box)) yield sheet;
    }
  }

  private drop(generation: Generation): void {
    for (const sheet of generation.sheets.values()) sheet.dispose();
    generation.element.remove();
  }
}

/** True when the generation is painted for exactly this scale. */
function isAt(generation: Generation, screen: Screen): boolean {
  return generation.grid.scale === screen.scale;
}

function isFar({ grid }: Generation, screen: Screen): boolean {
  return (
    Math.abs(screen.x - grid.anchorX) * grid.scale > FAR ||
    Math.abs(screen.y - grid.anchorY) * grid.scale > FAR
  );
}

/** Moves and scales the tiles of a generation to where the screen looks. */
function place(generation: Generation, screen: Screen): void {
  const x = (generation.grid.anchorX - screen.x) * screen.zoom;
  const y = (generation.grid.anchorY - screen.y) * screen.zoom;
  const scale = screen.zoom / generation.zoom;
  // Whole device pixels, or the picture would be blurred by the compositor.
  const ratio = screen.pixelRatio;
  const [left, top] =
    scale === 1 ? [Math.round(x * ratio) / ratio, Math.round(y * ratio) / ratio] : [x, y];
  generation.element.style.transform =
    scale === 1
      ? `translate3d(${left}px,${top}px,0)`
      : `translate3d(${left}px,${top}px,0) scale(${scale})`;
}
