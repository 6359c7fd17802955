/**
 * What the bench compares with: the same elements, painted by the same functions on one canvas, all
 * that are visible anew in each frame.
 */
import { Surface } from "../../frontend/src/elements/surface";
import type { Element } from "../../frontend/src/generated/protocol";
import { Camera } from "../../frontend/src/render/camera";
import { paintSlice } from "../../frontend/src/render/painter";
import { Scene } from "../../frontend/src/render/scene";
import { inPaintOrder, type SpatialIndex } from "../../frontend/src/spatial/index";

export class PlainStage {
  readonly camera = new Camera();
  private readonly canvas = document.createElement("canvas");
  private asked = false;
  private readonly scene: Scene;

  constructor(
    private readonly host: HTMLElement,
    elements: ReadonlyMap<string, Element>,
    private readonly index: SpatialIndex,
    /** Draws each stroke with its whole outline, however small it is. */
    private readonly outlines: boolean,
  ) {
    this.scene = new Scene({
      size: 0,
      title: "",
      get: (id) => elements.get(id),
      elements: () => elements.values(),
    });
    this.canvas.width = host.clientWidth;
    this.canvas.height = host.clientHeight;
    host.append(this.canvas);
    this.camera.subscribe(() => this.requestFrame());
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.canvas.width, height: this.canvas.height };
  }

  requestFrame(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      const ctx = this.canvas.getContext("2d", { alpha: false })!;
      const { x, y, zoom } = this.camera;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.fillStyle = "#ffffff";
      ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
      const view = { x, y, scale: zoom, pixelRatio: 1 };
      const surface = new Surface(ctx, view, { theme: "light", background: "#ffffff" });
      surface.detailed = this.outlines;
      const seen = this.camera.view(this.host.clientWidth, this.host.clientHeight);
      const elements = inPaintOrder(this.index.search(seen));
      paintSlice(surface, this.scene, elements, 0, Number.POSITIVE_INFINITY, () => 0);
    });
  }
}
