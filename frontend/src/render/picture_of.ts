import type { ReadonlyDocument } from "../document/change_set";
import { paintBoundsOf } from "../elements/registry";
import { type Paper, type PictureOf, Surface } from "../elements/surface";
import { fontsSettled } from "../elements/text/fonts";
import type { Element } from "../generated/protocol";
import { inPaintOrder } from "../spatial/paint_order";
import { paintSlice } from "./painter";
import { Scene } from "./scene";

/** World units around what is drawn. */
const ROOM = 10;
/** Pixels per world unit, as far as the picture keeps within what browsers can hold. */
const FINEST = 2;
const LONGEST = 8192;
const LARGEST = 32e6;

/** A picture of some elements and nothing else, on the paper they lie on. */
export async function pictureOf(
  document: ReadonlyDocument,
  elements: readonly Element[],
  paper: Paper,
  pictures: { readonly get: PictureOf; settled(): Promise<void> },
): Promise<Blob> {
  const sorted = inPaintOrder(elements);
  const boxes = sorted.map(paintBoundsOf);
  const minX = boxes.reduce((least, box) => Math.min(least, box.minX), Infinity) - ROOM;
  const minY = boxes.reduce((least, box) => Math.min(least, box.minY), Infinity) - ROOM;
  const maxX = boxes.reduce((most, box) => Math.max(most, box.maxX), -Infinity) + ROOM;
  const maxY = boxes.reduce((most, box) => Math.max(most, box.maxY), -Infinity) + ROOM;
  const scale = scaleFor(maxX - minX, maxY - minY);
  const canvas = window.document.createElement("canvas");
  canvas.width = Math.max(1, Math.round((maxX - minX) * scale));
  canvas.height = Math.max(1, Math.round((maxY - minY) * scale));
  const ctx = canvas.getContext("2d", { alpha: false });
  if (ctx === null) throw new Error("no canvas");
  const view = { x: minX, y: minY, scale, pixelRatio: 1 };
  const paintAll = () => {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = paper.background;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    const surface = new Surface(ctx, view, paper, pictures.get);
    surface.detailed = true;
    paintSlice(surface, new Scene(document), sorted, 0, Infinity, () => 0);
  };
  // Painting asks for the fonts and pictures that are missing; the second time they are there.
  paintAll();
  await Promise.all([fontsSettled(), pictures.settled()]);
  paintAll();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("the picture is too large"));
      else resolve(blob);
    }, "image/png");
  });
}

/** Pixels per world unit of a picture of so many units. */
export function scaleFor(width: number, height: number): number {
  return Math.min(FINEST, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / (width * height)));
}
