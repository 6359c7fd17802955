/** Arrow heads: where their points lie. The figures are Excalidraw's (MIT), see docs/drawing.md. */
import type { Head } from "../../generated/protocol";

type Spot = readonly [x: number, y: number];

export type HeadShape =
  | {
      readonly kind: "circle";
      readonly at: Spot;
      readonly diameter: number;
      readonly open: boolean;
    }
  | { readonly kind: "polygon"; readonly ring: readonly Spot[]; readonly open: boolean }
  | { readonly kind: "lines"; readonly lines: readonly (readonly [Spot, Spot])[] };

/** The cubic piece at an end of the course, in drawing direction. */
export interface EndPiece {
  readonly from: Spot;
  readonly control1: Spot;
  readonly control2: Spot;
  readonly to: Spot;
}

const SIZES: Partial<Record<Head, number>> = {
  arrow: 25,
  diamond: 12,
  "diamond-outline": 12,
  "crowfoot-one": 20,
  "crowfoot-many": 20,
  "crowfoot-one-or-many": 20,
};
const ANGLES: Partial<Record<Head, number>> = { bar: 90, arrow: 20 };

/** The furthest a head reaches beyond the end of its line. */
export const HEAD_REACH = 25;

/**
 * The shape of a head. `piece` is the cubic at that end, `neighbour` the point of the line next to the
 * end point, `endPoint` the end itself; small lines get small heads.
 */
export function headShape(
  head: Head,
  atStart: boolean,
  piece: EndPiece,
  endPoint: Spot,
  neighbour: Spot,
  strokeWidth: number,
): HeadShape | null {
  if (head === "none") return null;
  const tip = atStart ? piece.from : piece.to;
  const near = along(piece);
  const distance = Math.hypot(tip[0] - near[0], tip[1] - near[1]);
  if (!(distance > 1e-6)) return null;
  const nx = (tip[0] - near[0]) / distance;
  const ny = (tip[1] - near[1]) / distance;
  const section = Math.hypot(endPoint[0] - neighbour[0], endPoint[1] - neighbour[1]);
  const diamond = head === "diamond" || head === "diamond-outline";
  const size = Math.min(SIZES[head] ?? 15, section * (diamond ? 0.25 : 0.5));
  const back: Spot = [tip[0] - nx * size, tip[1] - ny * size];

  if (head === "dot" || head === "circle-outline") {
    return { kind: "circle", at: tip, diameter: size + strokeWidth - 2, open: head !== "dot" };
  }
  const angle = ((ANGLES[head] ?? 25) * Math.PI) / 180;
  const many = head === "crowfoot-many" || head === "crowfoot-one-or-many";
  // A crow's foot spreads from behind the end, everything else from the end backwards.
  const apex = many ? back : tip;
  const swung = many ? tip : back;
  const left = turned(swung, apex, -angle);
  const right = turned(swung, apex, angle);

  switch (head) {
    case "triangle":
    case "triangle-outline":
      return { kind: "polygon", ring: [tip, left, right, tip], open: head !== "triangle" };
    case "diamond":
    case "diamond-outline": {
      const course = Math.atan2(neighbour[1] - tip[1], neighbour[0] - tip[0]);
      const tail = turned([tip[0] + size * 2, tip[1]], tip, course);
      return { kind: "polygon", ring: [tip, left, tail, right, tip], open: head !== "diamond" };
    }
    case "crowfoot-one":
      return { kind: "lines", lines: [[left, right]] };
    case "crowfoot-one-or-many": {
      const one = headShape("crowfoot-one", atStart, piece, endPoint, neighbour, strokeWidth);
      const bars = one?.kind === "lines" ? one.lines : [];
      return { kind: "lines", lines: [[left, apex], [right, apex], ...bars] };
    }
    default:
      return {
        kind: "lines",
        lines: [
          [left, apex],
          [right, apex],
        ],
      };
  }
}

/** The point of the piece that says where the head comes from: at 0.3 counted from its end. */
function along({ from, control1, control2, to }: EndPiece): Spot {
  const t = 0.3;
  const u = 1 - t;
  const at = (axis: 0 | 1) =>
    u ** 3 * to[axis] +
    3 * t * u * u * control2[axis] +
    3 * t * t * u * control1[axis] +
    t ** 3 * from[axis];
  return [at(0), at(1)];
}

function turned(point: Spot, about: Spot, angle: number): Spot {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dx = point[0] - about[0];
  const dy = point[1] - about[1];
  return [about[0] + cos * dx - sin * dy, about[1] + sin * dx + cos * dy];
}
