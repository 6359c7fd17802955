import type { Surface } from "../surface";
import { fillShare, type Sketched } from "./options";
import { roughGenerator } from "./rough";

/**
 * How finely a shape is drawn: by hand where the hand's unsteadiness or hatching can be seen, else as
 * one clean path of the same weight.
 */
export function sketchDetail(surface: Surface, element: Sketched): "rough" | "clean" {
  const hatched = element.fillStyle !== "solid" && element.fill !== "transparent";
  const broken = element.dash !== "solid";
  if (element.roughness === 0 && !hatched && !broken) return "clean";
  // A hand begins its dashes anew on each side.
  const unsteady = Math.max(element.roughness, broken ? 1 : 0) * surface.scale >= 0.3;
  const lined = hatched && element.strokeWidth * 4 * surface.scale >= 2.5;
  if ((!unsteady && !lined) || surface.quick) return "clean";
  return roughGenerator() === null ? "clean" : "rough";
}

/**
 * How wide the one clean stroke is that stands for a drawn outline. A hand draws twice, and thinner
 * than a pixel two strokes on one another are nearly twice as dark as one; the curve was measured. (A
 * clean ellipse and broken lines are drawn once.)
 */
export function cleanWidth(surface: Surface, element: Sketched): number {
  const { strokeWidth, dash, type, roughness } = element;
  if (dash !== "solid") return strokeWidth + 0.5;
  const once = type === "ellipse" && roughness === 0;
  const pixels = strokeWidth * surface.scale;
  if (once || pixels >= 1) return strokeWidth;
  return Math.min(pixels * (2 - pixels / 2), 1.1) / surface.scale;
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
