import type { Image } from "../../generated/protocol";
import { boundsUnderPlace, UNIT_SQUARE } from "../../geometry/place";
import type { ElementKind } from "../kind";
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
    const picture = element.file === "" ? undefined : surface.picture(element.file);
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
    const [left, top, right, bottom] = element.crop ?? [0, 0, 1, 1];
    const [across, down] = element.natural ?? sizeOf(picture, width, height);
    ctx.drawImage(
      picture,
      left * across,
      top * down,
      Math.max((right - left) * across, 1),
      Math.max((bottom - top) * down, 1),
      0,
      0,
      width,
      height,
    );
  },
};

function sizeOf(picture: CanvasImageSource, width: number, height: number): [number, number] {
  return picture instanceof ImageBitmap ? [picture.width, picture.height] : [width, height];
}
