import type { Curve, Element, Props } from "../generated/protocol";
import { invertPlace } from "../geometry/place";
import { boundPoints } from "./binding";
import { isLinear, linePoints, localPointsOf } from "./local_points";

/**
 * What else changes with an arrow's curve: an elbow's corners are found, not drawn. They appear when it becomes an
 * elbow, and when it is none any more, nobody has asked for them.
 */
export function recurved(
  element: Element,
  curve: Curve | undefined,
  get: (id: string) => Element | undefined,
): Props {
  if (curve === undefined || !isLinear(element) || element.type !== "arrow") return {};
  if (curve === element.curve || (curve !== "elbow" && element.curve !== "elbow")) return {};
  const points = localPointsOf(element);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return {};
  const ends = { ...element, curve, points: linePoints([first, last]) };
  const world = boundPoints(ends, get);
  return { points: linePoints(world.map(({ x, y }) => invertPlace(element.place, x, y))) };
}
