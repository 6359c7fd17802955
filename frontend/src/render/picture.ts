import type { Canvas2D } from "../elements/surface";

/** A canvas that is painted on and never seen. */
export type Easel = OffscreenCanvas | HTMLCanvasElement;

export function newEasel(width: number, height: number): Easel {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  const easel = document.createElement("canvas");
  easel.width = width;
  easel.height = height;
  return easel;
}

export function contextOf(easel: Easel, opaque: boolean): Canvas2D {
  return easel.getContext("2d", { alpha: !opaque }) as Canvas2D;
}

/**
 * Rasterises what was drawn on an easel so far. Browsers put that off and would do all of it when the picture is
 * shown, which may be many milliseconds that no slice accounts for.
 */
export function rasterise(easel: Easel, ctx: Canvas2D): void {
  if (typeof OffscreenCanvas === "undefined" || !(easel instanceof OffscreenCanvas)) return;
  const bitmap = easel.transferToImageBitmap();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/**
 * Shows what was painted on an easel. A canvas with a drawing context is handed to the compositor again in
 * each frame in which anything on the page moves; one that shows a bitmap is not, and costs nothing
 * until the next picture.
 */
export class Picture {
  readonly canvas = document.createElement("canvas");
  private readonly bitmap: ImageBitmapRenderingContext | null;

  constructor(
    readonly width: number,
    readonly height: number,
    private readonly opaque: boolean,
  ) {
    this.canvas.width = width;
    this.canvas.height = height;
    Object.assign(this.canvas.style, {
      position: "absolute",
      left: "0",
      top: "0",
      transformOrigin: "0 0",
    });
    this.bitmap =
      typeof OffscreenCanvas === "undefined"
        ? null
        : this.canvas.getContext("bitmaprenderer", { alpha: !opaque });
  }

  /** Shows what is on the easel, which may be empty afterwards. */
  show(easel: Easel): void {
    if (this.bitmap !== null && easel instanceof OffscreenCanvas) {
      this.bitmap.transferFromImageBitmap(easel.transferToImageBitmap());
    } else {
      const ctx = contextOf(this.canvas, this.opaque);
      ctx.globalCompositeOperation = "copy";
      ctx.drawImage(easel, 0, 0);
    }
  }

  /** Puts what is shown back on an easel of the same size, to be changed there. */
  copyTo(ctx: Canvas2D): void {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.drawImage(this.canvas, 0, 0);
  }
}
