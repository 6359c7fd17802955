import { describe, expect, test } from "vitest";
import { Camera } from "../render/camera";
import { showBox } from "./fit";
import type { StagePort } from "./ports";

/** As much of a stage as it takes to look at something. */
function stage(): StagePort & { readonly camera: Camera } {
  return { camera: new Camera(), size: { width: 1000, height: 600 } } as StagePort & {
    readonly camera: Camera;
  };
}

describe("looking at a box", () => {
  test("puts its middle into the middle of the screen", () => {
    const port = stage();
    const { camera } = port;
    showBox(port, { minX: 5000, minY: -300, maxX: 5100, maxY: -200 });
    expect(camera.toScreen(5050, -250)).toEqual({ x: 500, y: 300 });
  });

  test("shows a large one whole and a small one no larger than it is", () => {
    const port = stage();
    const { camera } = port;
    showBox(port, { minX: 0, minY: 0, maxX: 10_000, maxY: 100 });
    expect(camera.toScreen(0, 0).x).toBeGreaterThan(0);
    expect(camera.toScreen(10_000, 0).x).toBeLessThan(port.size.width);
    showBox(port, { minX: 0, minY: 0, maxX: 1, maxY: 1 });
    expect(camera.zoom).toBe(1);
  });

  test("an empty box moves nothing", () => {
    const port = stage();
    const { camera } = port;
    const nothing = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
    showBox(port, nothing);
    expect([camera.x, camera.y, camera.zoom]).toEqual([0, 0, 1]);
  });
});
