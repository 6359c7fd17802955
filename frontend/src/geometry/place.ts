/**
 * Where an element is: world = translate(x, y) · rotate(angle) · scale(sx, sy) · local, with
 * `Place` = [x, y, sx, sy, angle], angles in radians clockwise as seen on the screen.
 */
import type { Place } from "../generated/protocol";
import { type Box, boxOf } from "./box";

export interface Vec {
  readonly x: number;
  readonly y: number;
}

/** The numbers of a canvas transform: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const UNIT_SQUARE: Box = { minX: 0, minY: 0, maxX: 1, maxY: 1 };

export function placeMatrix([x, y, sx, sy, angle]: Place): Matrix {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [cos * sx, sin * sx, -sin * sy, cos * sy, x, y];
}

/** The matrix that does `inner` first and `outer` then. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

export function applyMatrix([a, b, c, d, e, f]: Matrix, x: number, y: number): Vec {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

export function applyPlace(place: Place, x: number, y: number): Vec {
  return applyMatrix(placeMatrix(place), x, y);
}

/** The world point in local coordinates; a scale of 0 counts as a tiny one. */
export function invertPlace([px, py, sx, sy, angle]: Place, x: number, y: number): Vec {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dx = x - px;
  const dy = y - py;
  return { x: (cos * dx + sin * dy) / nonZero(sx), y: (-sin * dx + cos * dy) / nonZero(sy) };
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-9 ? 1e-9 : value;
}

/** The four corners of a local box in the world, clockwise from its own top left. */
export function cornersUnderPlace(place: Place, local: Box = UNIT_SQUARE): Vec[] {
  const matrix = placeMatrix(place);
  return [
    applyMatrix(matrix, local.minX, local.minY),
    applyMatrix(matrix, local.maxX, local.minY),
    applyMatrix(matrix, local.maxX, local.maxY),
    applyMatrix(matrix, local.minX, local.maxY),
  ];
}

export function boundsUnderPlace(place: Place, local: Box = UNIT_SQUARE): Box {
  if (place[4] === 0) {
    // Most stand upright, and a large board asks this of each.
    const [x, y, sx, sy] = place;
    return boxOf(
      sx * local.minX + x,
      sy * local.minY + y,
      sx * local.maxX + x,
      sy * local.maxY + y,
    );
  }
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (const { x, y } of cornersUnderPlace(place, local)) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
}

export function centreUnderPlace(place: Place, local: Box = UNIT_SQUARE): Vec {
  return applyPlace(place, (local.minX + local.maxX) / 2, (local.minY + local.maxY) / 2);
}

export function translatePlace([x, y, sx, sy, angle]: Place, dx: number, dy: number): Place {
  return [x + dx, y + dy, sx, sy, angle];
}

/** The place with this scale and angle that puts the local point `at` on the world point `on`. */
export function placeOn(on: Vec, at: Vec, sx: number, sy: number, angle: number): Place {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const lx = at.x * sx;
  const ly = at.y * sy;
  return [on.x - (cos * lx - sin * ly), on.y - (sin * lx + cos * ly), sx, sy, wrapAngle(angle)];
}

/** The place with this scale and angle whose local box has its centre at `centre`. */
export function placeAbout(
  centre: Vec,
  sx: number,
  sy: number,
  angle: number,
  local: Box = UNIT_SQUARE,
): Place {
  const at = { x: (local.minX + local.maxX) / 2, y: (local.minY + local.maxY) / 2 };
  return placeOn(centre, at, sx, sy, angle);
}

/** Turned by `angle` about a point of the world. */
export function rotatePlaceAbout([x, y, sx, sy, turned]: Place, about: Vec, angle: number): Place {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dx = x - about.x;
  const dy = y - about.y;
  return [
    about.x + cos * dx - sin * dy,
    about.y + sin * dx + cos * dy,
    sx,
    sy,
    wrapAngle(turned + angle),
  ];
}

/**
 * Another scale in the element's own axes, with the local point `keep` (of unit square or points)
 * staying where it is in the world.
 */
export function resizePlaceKeeping(place: Place, keep: Vec, sx: number, sy: number): Place {
  return placeOn(applyPlace(place, keep.x, keep.y), keep, sx, sy, place[4]);
}

/**
 * Scaled with a selection by `fx`, `fy` in world axes about a point of the world. Exact for angles of
 * multiples of 90 degrees and for equal factors; otherwise the centre moves exactly and the element
 * takes the nearest scale without shear.
 */
export function scalePlaceAbout(
  place: Place,
  about: Vec,
  fx: number,
  fy: number,
  local: Box = UNIT_SQUARE,
): Place {
  const [, , sx, sy, angle] = place;
  const centre = centreUnderPlace(place, local);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const growX = Math.hypot(cos * fx, sin * fy);
  const growY = Math.hypot(sin * fx, cos * fy);
  const mirrored = fx * fy < 0;
  // A mirror turns the angle around; which local axis flips is free, so it is the one nearer to it.
  const turned = mirrored ? -angle : angle;
  const flipX = mirrored ? fx < 0 : fx < 0 && fy < 0;
  const flipY = mirrored ? fy < 0 : fx < 0 && fy < 0;
  return placeAbout(
    { x: about.x + (centre.x - about.x) * fx, y: about.y + (centre.y - about.y) * fy },
    sx * growX * (flipX ? -1 : 1),
    sy * growY * (flipY ? -1 : 1),
    turned,
    local,
  );
}

/** Mirrored left to right (`horizontal`) or top to bottom about a point of the world. */
export function flipPlaceAbout(
  place: Place,
  about: Vec,
  horizontal: boolean,
  local: Box = UNIT_SQUARE,
): Place {
  return scalePlaceAbout(place, about, horizontal ? -1 : 1, horizontal ? 1 : -1, local);
}

/** The same angle between -π and π. */
export function wrapAngle(angle: number): number {
  const turn = 2 * Math.PI;
  const wrapped = angle - turn * Math.round(angle / turn);
  return Object.is(wrapped, -0) ? 0 : wrapped;
}

export function samePlace(a: Place, b: Place): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3] && a[4] === b[4];
}
