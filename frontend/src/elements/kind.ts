import type { Element } from "../generated/protocol";
import type { Box } from "../geometry/box";
import type { Surface } from "./surface";

/** What the rest of the editor needs to know of one type of element. */
export interface ElementKind<E extends Element = Element> {
  /** The box of its local geometry: the unit square, or the box of its points. */
  localBox(element: E): Box;
  /** Its box in the world, without widths of strokes: what selection boxes and fitting use. */
  bounds(element: E): Box;
  /** How far its paint may lie outside of `bounds`, in world units. */
  reach(element: E): number;
  /** True where a click takes it, within `tolerance` world units. */
  hits(element: E, x: number, y: number, tolerance: number): boolean;
  /** True when a marquee over `box` touches what is painted. */
  touches(element: E, box: Box): boolean;
  /** The closed outline in the world as a ring of flat coordinates; a line has none. */
  ring?(element: E): Float64Array;
  /** Where text inside lies, in local coordinates; the whole unit square where nothing is said. */
  readonly textRoom?: Box;
  paint(surface: Surface, element: E): void;
}
