import type { ChangeSet, ReadonlyDocument } from "../document/change_set";
import type { Theme } from "../elements/colours";
import { onRoughReady } from "../elements/sketch/rough";
import type { PictureOf } from "../elements/surface";
import { fontsSettled, onFontsReady } from "../elements/text/fonts";
import type { Element, Freedraw } from "../generated/protocol";
import type { Vec } from "../geometry/place";
import type { SpatialIndex } from "../spatial/index";
import { type Background, backgroundColour, PLAIN } from "./background";
import { Camera } from "./camera";
import { DirectLayer } from "./direct_layer";
import { InkLayer, type InkSample } from "./ink_layer";
import { LaserLayer } from "./laser_layer";
import { layerIn } from "./layer_in";
import { LiveLayer } from "./live_layer";
import type { Places } from "./moved_picture";
import { Others } from "./others";
import { Overlay, type OverlayColours, type OverlayShape } from "./overlay";
import { Overview } from "./overview";
import { Pace } from "./pace";
import { type Counts, Painting } from "./painting";
import { watchPixelRatio } from "./pixel_ratio";
import type { RemoteLive } from "./remote";
import { BULK, Repaint, sizeOf } from "./repaint";
import { Scene } from "./scene";
import { type Screen, screenOf } from "./screen";
import { TileLayer } from "./tile_layer";

const NONE: ReadonlySet<string> = new Set();

export interface StageOptions {
  readonly theme?: Theme;
  readonly background?: Background;
  /** Pictures by file id, as far as they are there. */
  readonly picture?: PictureOf;
  /** The colour of the person at this page, #rrggbb. */
  readonly ownColour?: () => string;
  /** The colour of selections and handles in each theme. */
  readonly accent?: Readonly<Record<Theme, string>>;
}

/** Ink that grows under the pen; points are in the local units of its element. */
export interface InkHandle {
  extend(points: readonly InkSample[]): void;
  /** The stroke is an element now. */
  end(): void;
  /** The stroke was given up. */
  cancel(): void;
}

/** After the last step of a zoom, tiles are painted at the zoom arrived at. */
const SHARPEN_AFTER = 90;

/**
 * The drawing surface: layers of canvases in a host element, painted in one animation frame when
 * something has changed and not otherwise. Nothing here costs more for a larger board than the part
 * of it that is seen.
 */
export class Stage {
  readonly camera = new Camera();
  readonly overlay: Overlay;
  private readonly painting: Painting;
  private readonly overview: Overview;
  private readonly tiles: TileLayer;
  private readonly direct: DirectLayer;
  private readonly live: LiveLayer;
  private readonly ink: InkLayer;
  private readonly laser: LaserLayer;
  private readonly repaint: Repaint;
  private readonly stopping: (() => void)[] = [];
  private theme: Theme;
  private width = 0;
  private height = 0;
  private frameRequest = 0;
  private zoomedAt = Number.NEGATIVE_INFINITY;
  private readonly pace = new Pace();
  private seenScale = 0;
  private cameraMoved = true;
  private sceneChanged = false;
  private ownMoves: Places | null = null;
  private readonly others: Others;
  private settlers: (() => void)[] = [];

  constructor(
    private readonly host: HTMLElement,
    document: ReadonlyDocument,
    index: SpatialIndex,
    private readonly options: StageOptions = {},
  ) {
    this.theme = options.theme ?? "light";
    const background = options.background ?? PLAIN;
    this.painting = new Painting(
      index,
      new Scene(document),
      { theme: this.theme, background: backgroundColour(background, this.theme) },
      background,
      options.picture ?? (() => undefined),
      () => performance.now(),
    );
    host.style.overflow = "hidden";
    if (getComputedStyle(host).position === "static") host.style.position = "relative";
    const floor = layerIn(host, "floor");
    this.overview = new Overview(floor, this.painting);
    this.tiles = new TileLayer(floor, this.painting);
    this.direct = new DirectLayer(host, this.painting);
    this.live = new LiveLayer(host, this.painting);
    this.ink = new InkLayer(host, this.painting);
    const ownColour = options.ownColour ?? (() => this.overlayColours().accent);
    this.laser = new LaserLayer(
      host,
      ownColour,
      () => this.theme,
      () => performance.now(),
    );
    this.overlay = new Overlay(host, this.overlayColours(), () => this.requestFrame());
    this.others = new Others(this.painting.scene, this.live, this.ink, this.laser, this.overlay);
    this.repaint = new Repaint(this.painting, this.tiles, this.overview, this.live, this.ink);
    this.repaint.begin(document.elements());
    this.paintHost();

    const sizes = new ResizeObserver(() => this.measure());
    sizes.observe(host);
    this.stopping.push(
      () => sizes.disconnect(),
      this.camera.subscribe(() => this.onCamera()),
      watchPixelRatio(() => this.measure()),
      onRoughReady(() => this.repaintAll()),
      onFontsReady(() => this.repaintAll()),
    );
    this.measure();
  }

  /** CSS pixels. */
  get size(): { readonly width: number; readonly height: number } {
    return { width: this.width, height: this.height };
  }

  /** A coarse picture of the whole board, and what of the world it shows. */
  get overviewPicture(): Overview["picture"] {
    return this.overview.picture;
  }

  /** Tells of changes that the document and the index already have; `loading`: they are of a board that comes in. */
  apply(changes: ChangeSet, loading = false): void {
    if (loading || sizeOf(changes) > BULK) this.pace.cameIn(performance.now());
    this.repaint.apply(changes, loading);
    this.sceneChanged = true;
    this.others.changed();
    this.requestFrame();
  }

  /** Nothing more is on its way: what waited for it need not wait any longer. */
  loaded(): void {
    this.pace.loaded();
    this.requestFrame();
  }

  setTheme(theme: Theme): void {
    if (theme === this.theme) return;
    this.theme = theme;
    this.overlay.setColours(this.overlayColours());
    this.setBackground(this.painting.background);
  }

  setBackground(background: Background): void {
    this.painting.background = background;
    this.painting.paper = {
      theme: this.theme,
      background: backgroundColour(background, this.theme),
    };
    this.paintHost();
    this.repaintAll();
  }

  /** Own ink; `simulated` when the pointer tells no pressure. */
  startInk(element: Freedraw, simulated = true): InkHandle {
    const { id } = element;
    this.ink.start(element, simulated);
    const end = () => {
      this.ink.end(id);
      this.requestFrame();
    };
    return {
      extend: (points) => {
        this.ink.extend(id, points);
        this.requestFrame();
      },
      end,
      cancel: end,
    };
  }

  startLaser(): (points: readonly Vec[]) => void {
    const extend = this.laser.start();
    return (points) => {
      extend(points);
      this.requestFrame();
    };
  }

  setDrafts(elements: readonly Element[]): void {
    this.live.setDrafts(elements);
    this.requestFrame();
  }

  /** Shows elements at other places while they are dragged; null when that has ended. */
  setMoves(places: Places | null): void {
    this.ownMoves = places;
    this.live.setMoves(places);
    this.updateMoving();
  }

  setFaded(ids: ReadonlySet<string>): void {
    this.repaint.difference(this.painting.scene.faded, ids);
    this.painting.scene.faded = new Set(ids);
    this.sceneChanged = true;
    this.requestFrame();
  }

  /** These look different, although they have not changed. */
  repaintElements(ids: Iterable<string>): void {
    this.repaint.difference(NONE, new Set(ids));
    this.live.restyle();
    this.sceneChanged = true;
    this.requestFrame();
  }

  setHidden(ids: ReadonlySet<string>): void {
    this.repaint.difference(this.painting.scene.hidden, ids);
    this.painting.scene.hidden = new Set(ids);
    this.sceneChanged = true;
    this.requestFrame();
  }

  setOverlay(shapes: readonly OverlayShape[]): void {
    this.overlay.setShapes(shapes);
  }

  /** What all others do right now. */
  setRemote(peers: Iterable<RemoteLive>): void {
    this.others.hear(peers);
    this.updateMoving();
    this.others.show();
    this.requestFrame();
  }

  requestFrame(): void {
    if (this.frameRequest !== 0) return;
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.frame();
    });
  }

  /** Whether all that is on the screen is drawn at the exact zoom; what is beside it may still be painted. */
  isSharp(): boolean {
    return this.tiles.isSharp();
  }

  /** Resolves when everything visible is painted sharply, with the fonts it needs. */
  async whenSettled(): Promise<void> {
    const settled = async () => {
      // At rest after a frame: there is nothing to wait for.
      if (this.frameRequest === 0 && this.tiles.isSharp()) return;
      await new Promise<void>((resolve) => {
        this.settlers.push(resolve);
        this.requestFrame();
      });
    };
    await settled();
    await fontsSettled();
    await settled();
  }

  stats(): Counts & { readonly tiles: number } {
    return { ...this.painting.stats, tiles: this.tiles.count };
  }

  destroy(): void {
    for (const stop of this.stopping) stop();
    cancelAnimationFrame(this.frameRequest);
    this.tiles.dispose();
    this.overview.dispose();
    this.host.replaceChildren();
  }

  private frame(): void {
    const started = performance.now();
    if (this.width === 0 || this.height === 0) return;
    const { stats } = this.painting;
    stats.frames++;
    const screen = screenOf(this.camera, this.width, this.height, devicePixelRatio || 1);
    if (screen.scale !== this.seenScale) {
      this.zoomedAt = this.seenScale === 0 ? Number.NEGATIVE_INFINITY : started;
      this.seenScale = screen.scale;
    }
    const zooming = screen.scale !== this.tiles.scale;
    if (zooming && started - this.zoomedAt >= SHARPEN_AFTER) this.tiles.begin(screen);
    if (this.cameraMoved) {
      this.tiles.show(screen);
      this.overview.show(screen);
      this.live.touchAll();
      this.ink.touchAll();
      this.overlay.cameraMoved();
    }
    const busy = this.cameraMoved || this.sceneChanged || this.ink.needsFrame;
    const deadline = started + this.pace.slice(started, busy);
    if (!zooming) this.tiles.patch(deadline);
    if (!this.painting.index.isEmpty || this.direct.isShown) this.drawDirect(screen, zooming);
    this.cameraMoved = false;
    this.sceneChanged = false;
    this.live.draw(screen, this.tiles, this.direct.isShown);
    this.ink.draw(screen);
    this.laser.draw(screen);
    this.overlay.draw(screen);
    const more = this.paintTiles(screen, deadline);
    if (performance.now() - started > 33) stats.longFrames++;
    if (
      more ||
      zooming ||
      this.live.needsFrame ||
      this.direct.isShown ||
      this.laser.needsFrame ||
      this.overlay.needsFrame
    )
      this.requestFrame();
    else this.settle();
  }

  private drawDirect(screen: Screen, zooming: boolean): void {
    const { direct, tiles } = this;
    if (zooming) {
      if (this.cameraMoved || this.sceneChanged || !direct.isShown) direct.draw(screen);
    } else if (direct.isShown) {
      if (tiles.isSharp()) direct.hide();
      else if (this.cameraMoved || this.sceneChanged) direct.draw(screen);
    }
  }

  private paintTiles(screen: Screen, deadline: number): boolean {
    const now = performance.now();
    const { isLoading, waits, mayRefresh, mayFollow } = this.pace.plan(now);
    const moreTiles = this.tiles.work(deadline, mayRefresh, !waits);
    if (waits || moreTiles || performance.now() >= deadline) return true;
    return !this.overview.work(deadline, screen, mayFollow) || isLoading;
  }

  private settle(): void {
    this.pace.settled();
    const settlers = this.settlers;
    this.settlers = [];
    for (const resolve of settlers) resolve();
  }

  private onCamera(): void {
    this.cameraMoved = true;
    this.requestFrame();
  }

  private measure(): void {
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    this.cameraMoved = true;
    this.requestFrame();
  }

  /** Paints everything anew: something that elements show has arrived. */
  repaintAll(): void {
    this.repaint.all();
    this.sceneChanged = true;
    this.requestFrame();
  }

  private updateMoving(): void {
    const { scene } = this.painting;
    const ids = new Set([...(this.ownMoves?.keys() ?? []), ...this.others.moving]);
    this.requestFrame();
    // Where they are while dragged does not concern the tiles.
    if (ids.size === scene.moving.size && [...ids].every((id) => scene.moving.has(id))) return;
    this.repaint.difference(scene.moving, ids);
    scene.moving = ids;
    this.sceneChanged = true;
  }

  private overlayColours(): OverlayColours {
    const accent = this.options.accent ?? { light: "#2b50d6", dark: "#93a9ff" };
    const paper = this.theme === "light" ? "#ffffff" : "#212327";
    return { accent: accent[this.theme], paper, theme: this.theme };
  }

  private paintHost(): void {
    this.host.style.backgroundColor = this.painting.paper.background;
  }
}
