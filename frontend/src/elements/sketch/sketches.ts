import { RecentCache } from "../recent_cache";
import { fillShare, type Sketched } from "./options";
import { type Part, partsOf } from "./parts";
import { type Drawable, type RoughGenerator, roughGenerator } from "./rough";

interface Piece {
  readonly drawable: Drawable;
  /** What the fill colour of this piece stands for. */
  readonly fill: Part["colour"];
}

/** Shapes kept as paths; about 2 kB each. */
const cache = new RecentCache<Sketched, readonly Part[]>(4000);

/** The parts of a shape drawn by hand, made once per look of the element; null until rough.js is there. */
export function partsFor(
  element: Sketched,
  width: number,
  height: number,
  draw: (rough: RoughGenerator) => readonly Piece[],
): readonly Part[] | null {
  const known = cache.get(element);
  if (known !== undefined) return known;
  const rough = roughGenerator();
  if (rough === null) return null;
  const share = fillShare(element, width, height);
  const parts = draw(rough).flatMap(({ drawable, fill }) => partsOf(drawable, fill, share));
  cache.set(element, parts);
  return parts;
}

/** Takes paths over to a newer version of an element that is drawn alike: moved, recoloured, reordered. */
export function keepSketch(before: Sketched, after: Sketched): void {
  const known = cache.get(before);
  if (known !== undefined && drawnAlike(before, after)) cache.set(after, known);
}

function drawnAlike(a: Sketched, b: Sketched): boolean {
  return (
    a.type === b.type &&
    a.place[2] === b.place[2] &&
    a.place[3] === b.place[3] &&
    a.seed === b.seed &&
    a.roughness === b.roughness &&
    a.strokeWidth === b.strokeWidth &&
    a.dash === b.dash &&
    a.fillStyle === b.fillStyle &&
    (a.fill === "transparent") === (b.fill === "transparent") &&
    ("points" in a
      ? "points" in b &&
        a.points === b.points &&
        a.curve === b.curve &&
        a.startHead === b.startHead &&
        a.endHead === b.endHead
      : !("points" in b) && ("rounded" in a && a.rounded) === ("rounded" in b && b.rounded))
  );
}
