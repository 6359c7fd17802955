/** Ink near by: the whole outline with its pressure, as a path. */
import { getStroke } from "perfect-freehand";
import type { Freedraw } from "../../generated/protocol";
import { flatPoints } from "../flat_points";
import { RecentCache } from "../recent_cache";
import { easing, PEN_SIZE, THINNING } from "./pen";

interface Kept {
  readonly path: Path2D;
  readonly sx: number;
  readonly sy: number;
  readonly strokeWidth: number;
}

/** By points, so that moving or recolouring a stroke keeps its outline; about 4 kB each. */
const outlines = new RecentCache<Uint8Array, Kept>(4000);

export function outlinePath(element: Freedraw): Path2D {
  const [, , sx, sy] = element.place;
  const { strokeWidth } = element;
  const known = outlines.get(element.points);
  if (
    known !== undefined &&
    known.sx === sx &&
    known.sy === sy &&
    known.strokeWidth === strokeWidth
  ) {
    return known.path;
  }
  const path = new Path2D();
  traceOutline(path, penOutline(element));
  outlines.set(element.points, { path, sx, sy, strokeWidth });
  return path;
}

/** The outline polygon of a pen stroke, scaled as its place says but neither moved nor turned. */
export function penOutline(element: Freedraw): [number, number][] {
  const { xy, pressures } = flatPoints(element.points);
  const [, , sx, sy] = element.place;
  const points: number[][] = [];
  for (let i = 0; 2 * i < xy.length; i++) {
    const x = xy[2 * i]! * sx;
    const y = xy[2 * i + 1]! * sy;
    points.push(pressures === null ? [x, y] : [x, y, pressures[i]! / 255]);
  }
  return getStroke(points, {
    size: element.strokeWidth * PEN_SIZE,
    thinning: THINNING,
    smoothing: 0.5,
    streamline: 0.5,
    easing,
    simulatePressure: pressures === null,
    last: true,
  }) as [number, number][];
}

/** Smooths the polygon: a quadratic curve around each of its points, from middle to middle. */
export function traceOutline(
  path: {
    moveTo: Path2D["moveTo"];
    quadraticCurveTo: Path2D["quadraticCurveTo"];
    closePath(): void;
  },
  outline: readonly (readonly [number, number])[],
): void {
  const first = outline[0];
  if (first === undefined) return;
  path.moveTo(first[0], first[1]);
  for (let i = 0; i < outline.length; i++) {
    const [x, y] = outline[i]!;
    const [nextX, nextY] = outline[i + 1] ?? first;
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  path.closePath();
}
