import type { Surface } from "../surface";
import { fillShare, type Sketched } from "./options";
import { roughGenerator } from "./rough";

/**
 * How finely a shape is drawn: by hand where the hand's unsteadiness or hatching can be seen, else as
 * one clean path of the same weight.
 */
export function sketchDetail(surface: Surface, element: Sketched): "rough" | "clean" {
  const hatched = element.fillStyle !== "solid" && element.fill !== "transparent";
  if (element.roughness === 0 && !hatched) return "clean";
  const unsteady = element.roughness * surface.scale >= 0.3;
  const lined = hatched && element.strokeWidth * 4 * surface.scale >= 2.5;
  if ((!unsteady && !lined) || surface.quick) return "clean";
  return roughGenerator() === null ? "clean" : "rough";
}

/** How much of the paper hatching covers, so that from afar it has the same tone. */
const COVER = { solid: 1, hachure: 0.16, zigzag: 0.3, "cross-hatch": 0.3 } as const;

/** Fills the current path in the tone of the element's fill. */
export function paintTone(
  surface: Surface,
  element: Sketched,
  width: number,
  height: number,
): void {
  const { ctx } = surface;
  const alpha = ctx.globalAlpha;
  ctx.fillStyle = surface.colour(element.fill);
  const share = fillShare(element, width, height);
  ctx.globalAlpha = alpha * (share < 1 ? share : COVER[element.fillStyle]);
  ctx.fill("evenodd");
  ctx.globalAlpha = alpha;
}
