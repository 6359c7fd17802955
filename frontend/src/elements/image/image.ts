import type { Image } from "../../generated/protocol";
import { boundsUnderPlace, UNIT_SQUARE } from "../../geometry/place";
import type { ElementKind } from "../kind";
import type { Surface } from "../surface";
import { boxHit, boxTouches, cornerRing } from "../upright";

/** A picture, mirrored by its place and cropped; a grey box until it is there. */
export const image: ElementKind<Image> = {
  localBox: () => UNIT_SQUARE,
  ring: cornerRing,
  bounds: (element) => boundsUnderPlace(element.place),
  reach: () => 1,
  hits: boxHit,
  touches: boxTouches,
  paint(surface, element) {
    const ctx = surface.enter(element.place, element.opacity, true);
    const width = Math.abs(element.place[2]);
    const height = Math.abs(element.place[3]);
    const picture = pictureOf(element, surface);
    if (picture === undefined) {
      ctx.beginPath();
      ctx.roundRect(0, 0, width, height, Math.min(4, width / 2, height / 2));
      ctx.fillStyle = surface.colour("#e9ecef");
      ctx.fill();
      ctx.strokeStyle = surface.colour("#ced4da");
      ctx.lineWidth = 1;
      ctx.stroke();
      return;
    }
    const [left, top, right, bottom] = cropOf(element);
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(
      picture,
      left * picture.width,
      top * picture.height,
      Math.max((right - left) * picture.width, 1),
      Math.max((bottom - top) * picture.height, 1),
      0,
      0,
      width,
      height,
    );
  },
};

const WHOLE = [0, 0, 1, 1] as const;
/** A crop of nothing shows the whole: shares are divided by. */
const LEAST = 0.001;

function cropOf({ crop }: Image): readonly [number, number, number, number] {
  if (crop === null || crop[2] - crop[0] < LEAST || crop[3] - crop[1] < LEAST) return WHOLE;
  return crop;
}

/** The picture, as large as the element shows it. */
function pictureOf(element: Image, surface: Surface): ImageBitmap | undefined {
  if (element.file === "") return undefined;
  const [left, top, right, bottom] = cropOf(element);
  const across = Math.abs(element.place[2]) / (right - left);
  const down = Math.abs(element.place[3]) / (bottom - top);
  const natural = element.natural && { width: element.natural[0], height: element.natural[1] };
  return surface.picture(element.file, Math.max(across, down) * surface.scale, natural);
}
