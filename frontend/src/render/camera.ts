import type { Box } from "../geometry/box";
import type { Vec } from "../geometry/place";

export const SMALLEST_ZOOM = 0.02;
export const LARGEST_ZOOM = 40;

/** Where one looks: screen = (world - (x, y)) * zoom, in CSS pixels from the corner of the board. */
export class Camera {
  private left = 0;
  private top = 0;
  private factor = 1;
  private readonly listeners = new Set<() => void>();

  get x(): number {
    return this.left;
  }

  get y(): number {
    return this.top;
  }

  get zoom(): number {
    return this.factor;
  }

  set(x: number, y: number, zoom: number): void {
    const factor = Math.min(Math.max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM);
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(factor)) return;
    if (x === this.left && y === this.top && factor === this.factor) return;
    this.left = x;
    this.top = y;
    this.factor = factor;
    for (const listener of this.listeners) listener();
  }

  /** Moves the picture by screen pixels: a positive `dx` shows more of what is left. */
  panBy(dx: number, dy: number): void {
    this.set(this.left - dx / this.factor, this.top - dy / this.factor, this.factor);
  }

  /** Zooms so that the world's point under a point of the screen stays there. */
  zoomAt(screenX: number, screenY: number, factor: number): void {
    const zoom = Math.min(Math.max(this.factor * factor, SMALLEST_ZOOM), LARGEST_ZOOM);
    const shift = 1 / this.factor - 1 / zoom;
    this.set(this.left + screenX * shift, this.top + screenY * shift, zoom);
  }

  toWorld(screenX: number, screenY: number): Vec {
    return { x: screenX / this.factor + this.left, y: screenY / this.factor + this.top };
  }

  toScreen(x: number, y: number): Vec {
    return { x: (x - this.left) * this.factor, y: (y - this.top) * this.factor };
  }

  /** What of the world a screen of this size shows. */
  view(width: number, height: number): Box {
    return {
      minX: this.left,
      minY: this.top,
      maxX: this.left + width / this.factor,
      maxY: this.top + height / this.factor,
    };
  }

  /** Calls after each change; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
