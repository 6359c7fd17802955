import type { Canvas2D } from "../elements/surface";
import type { Screen } from "./screen";

const LAYER = { position: "absolute", left: "0", top: "0", pointerEvents: "none" };

/** A canvas as large as the screen, in device pixels. */
export class ViewCanvas {
  readonly canvas: HTMLCanvasElement;
  readonly ctx: Canvas2D;
  private visible = true;

  constructor(host: HTMLElement, name: string, opaque: boolean) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = `board-layer board-${name}`;
    Object.assign(this.canvas.style, LAYER);
    this.ctx = this.canvas.getContext("2d", { alpha: !opaque })!;
    host.append(this.canvas);
  }

  /** Fits the canvas to the screen; true when that has emptied it. */
  fit(screen: Screen): boolean {
    const width = Math.max(1, Math.round(screen.width * screen.pixelRatio));
    const height = Math.max(1, Math.round(screen.height * screen.pixelRatio));
    if (this.canvas.width === width && this.canvas.height === height) return false;
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${width / screen.pixelRatio}px`;
    this.canvas.style.height = `${height / screen.pixelRatio}px`;
    return true;
  }

  clear(): void {
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** A layer with nothing on it is hidden: the compositor would blend it into each frame. */
  show(visible: boolean): void {
    if (visible === this.visible) return;
    this.visible = visible;
    this.canvas.style.display = visible ? "" : "none";
  }
}
