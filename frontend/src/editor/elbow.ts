import { boundsOf, ringOf } from "../elements/registry";
import type { Arrow, Binding, Element } from "../generated/protocol";
import { type Box, contains } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { polygonContains } from "../geometry/polygon";
import { aimOf, exitOf } from "./binding_geometry";
import { type Exit, elbowRoute, HEADINGS, opposite, type RouteEnd } from "./routing";

/** The world points of an elbow arrow: all between its ends follow from what they hold on to. */
export function elbowPoints(
  arrow: Arrow,
  points: readonly Vec[],
  get: (id: string) => Element | undefined,
): readonly Vec[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return points;
  const start = heldBy(arrow.start, get);
  const end = heldBy(arrow.end, get);
  const from = start?.aim ?? first;
  const to = levelled(end, end?.aim ?? last, from);
  const route = elbowRoute(routeEnd(start, from, to, end), routeEnd(end, to, from, start));
  return route.length > 1 ? route : [first, last];
}

interface Hold {
  readonly binding: Binding;
  readonly ring: Float64Array;
  readonly box: Box;
  readonly aim: Vec;
}

function heldBy(binding: Binding | null, get: (id: string) => Element | undefined): Hold | null {
  const target = binding === null ? undefined : get(binding.to);
  const ring = target === undefined ? null : ringOf(target);
  if (binding === null || target === undefined || ring === null) return null;
  return { binding, ring, box: boundsOf(target), aim: aimOf(binding, target) };
}

/** How the route may leave an end at `at` for the other one at `to`. */
function routeEnd(hold: Hold | null, at: Vec, to: Vec, other: Hold | null): RouteEnd {
  if (hold === null) {
    const { x, y } = { x: to.x - at.x, y: to.y - at.y };
    const heading = Math.abs(x) >= Math.abs(y) ? (x >= 0 ? 0 : 2) : y >= 0 ? 1 : 3;
    return { exits: [{ at, heading }], box: null };
  }
  const { binding, box } = hold;
  const exits = binding.at != null ? [{ at, heading: sideOf(box, at) }] : sidesOf(hold, at);
  const within = other !== null && other.box !== box && contains(box, other.box);
  if (!within) return { exits, box };
  // What lies inside is left or reached from within.
  return { exits: exits.map((exit) => ({ ...exit, heading: opposite(exit.heading) })), box };
}

/** World units that an aim may give way so that the arrow runs straight: a smaller step would only look wrong. */
const STEP = 12;

/** Where an end aims that is free to give way a little. */
function levelled(hold: Hold | null, aim: Vec, other: Vec): Vec {
  if (hold === null || hold.binding.at != null) return aim;
  const x = Math.abs(aim.x - other.x) <= STEP ? other.x : aim.x;
  const y = Math.abs(aim.y - other.y) <= STEP ? other.y : aim.y;
  return polygonContains(hold.ring, x, y) ? { x, y } : aim;
}

/** The middle of each side, where a straight way from the aim leaves the outline. */
function sidesOf({ binding, ring }: Hold, aim: Vec): Exit[] {
  return HEADINGS.map((way, heading) => {
    const away = exitOf(ring, aim, way) + (binding.gap ?? 0);
    return { at: { x: aim.x + way.x * away, y: aim.y + way.y * away }, heading };
  });
}

/** Out of which side a point of an outline looks: the one whose quarter of the box it lies in. */
function sideOf(box: Box, at: Vec): number {
  const x = (2 * at.x - box.minX - box.maxX) / Math.max(box.maxX - box.minX, 1e-9);
  const y = (2 * at.y - box.minY - box.maxY) / Math.max(box.maxY - box.minY, 1e-9);
  return Math.abs(x) >= Math.abs(y) ? (x >= 0 ? 0 : 2) : y >= 0 ? 1 : 3;
}
