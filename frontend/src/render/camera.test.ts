import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Camera, LARGEST_ZOOM, SMALLEST_ZOOM } from "./camera";
import { screenOf } from "./screen";

const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const zoom = fc.double({ min: SMALLEST_ZOOM, max: LARGEST_ZOOM, noNaN: true });
const pixel = fc.double({ min: 0, max: 3000, noNaN: true });

describe("the camera", () => {
  it("keeps the point under the pointer while zooming, also at the limits", () => {
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        zoom,
        pixel,
        pixel,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (x, y, from, sx, sy, factor) => {
          const camera = new Camera();
          camera.set(x, y, from);
          const before = camera.toWorld(sx, sy);
          camera.zoomAt(sx, sy, factor);
          const after = camera.toScreen(before.x, before.y);
          expect(after.x).toBeCloseTo(sx, 3);
          expect(after.y).toBeCloseTo(sy, 3);
          expect(camera.zoom).toBeGreaterThanOrEqual(SMALLEST_ZOOM);
          expect(camera.zoom).toBeLessThanOrEqual(LARGEST_ZOOM);
        },
      ),
    );
  });

  it("takes no place that is no number, and tells of changes only", () => {
    const camera = new Camera();
    const listener = vi.fn();
    camera.subscribe(listener);
    camera.set(Number.NaN, 0, 1);
    camera.set(0, 0, 1);
    expect(listener).not.toHaveBeenCalled();
    camera.panBy(10, 0);
    expect(camera.x).toBe(-10);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("is looked through on whole device pixels", () => {
    fc.assert(
      fc.property(coordinate, zoom, fc.constantFrom(1, 1.25, 2, 3), (x, at, ratio) => {
        const camera = new Camera();
        camera.set(x, 0, at);
        const screen = screenOf(camera, 800, 600, ratio);
        const pixels = screen.x * screen.scale;
        expect(Math.abs(pixels - Math.round(pixels))).toBeLessThan(1e-4);
        expect(Math.abs(screen.x - camera.x) * screen.scale).toBeLessThanOrEqual(0.5 + 1e-4);
      }),
    );
  });
});
