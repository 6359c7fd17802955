import { isTransparent } from "../elements/colours";
import { ringOf } from "../elements/registry";
import { isBoxShape } from "../elements/sketch/options";
import type { Element } from "../generated/protocol";
import type { Vec } from "../geometry/place";
import { closed, polygonContains } from "../geometry/polygon";
import { polylineDistance } from "../geometry/segment";

/** The colour that one sees of an element at a point of the world: its inside's or its line's; null for none. */
export function colourAt(element: Element, at: Vec, reach: number): string | null {
  const colours = coloursOf(element, at, reach);
  return colours.find((colour) => !isTransparent(colour)) ?? null;
}

function coloursOf(element: Element, at: Vec, reach: number): string[] {
  switch (element.type) {
    case "note":
      return [element.fill, "#fff3bf"];
    case "text":
      return [element.color];
    case "image":
    case "frame":
      return [];
    default:
      return isInside(element, at, reach)
        ? [element.fill, element.color]
        : [element.color, element.fill];
  }
}

/** Well inside the outline, where the fill is seen. */
function isInside(element: Element, at: Vec, reach: number): boolean {
  const ring = isBoxShape(element) ? ringOf(element) : null;
  if (ring === null || !polygonContains(ring, at.x, at.y)) return false;
  return polylineDistance(closed(ring), at.x, at.y) > reach;
}
