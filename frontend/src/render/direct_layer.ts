import { Surface } from "../elements/surface";
import { paintBackground } from "./background";
import { paintSlice } from "./painter";
import type { Painting } from "./painting";
import type { Screen } from "./screen";
import { ViewCanvas } from "./view_canvas";

/** Up to so many visible elements, drawing them anew in each frame is quicker than it looks. */
const MOST = 1500;

/** The whole screen drawn anew in each frame of a zoom, while few elements are visible. */
export class DirectLayer {
  private readonly layer: ViewCanvas;
  private visible = false;

  constructor(
    host: HTMLElement,
    private readonly painting: Painting,
  ) {
    this.layer = new ViewCanvas(host, "direct", true);
    this.layer.show(false);
  }

  get isShown(): boolean {
    return this.visible;
  }

  /** Draws the screen, unless too much is visible for that; answers whether it did. */
  draw(screen: Screen): boolean {
    const { painting } = this;
    if (painting.index.count(screen.box, MOST) > MOST) {
      this.hide();
      return false;
    }
    this.layer.fit(screen);
    const { ctx, canvas } = this.layer;
    const view = { x: screen.x, y: screen.y, scale: screen.scale, pixelRatio: screen.pixelRatio };
    const surface = new Surface(ctx, view, painting.paper, painting.picture);
    surface.hurried = true;
    paintBackground(surface, painting.background, 0, 0, canvas.width, canvas.height);
    const elements = painting.index.searchInOrder(screen.box);
    paintSlice(surface, painting.scene, elements, 0, Number.POSITIVE_INFINITY, painting.now);
    painting.stats.directFrames++;
    if (!this.visible) this.layer.show(true);
    this.visible = true;
    return true;
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.layer.show(false);
  }
}
