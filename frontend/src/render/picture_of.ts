import type { ReadonlyDocument } from "../document/change_set";
import { paintBoundsOf } from "../elements/registry";
import { type Paper, type PictureOf, Surface } from "../elements/surface";
import { fontsSettled } from "../elements/text/fonts";
import type { Element } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { inPaintOrder } from "../spatial/paint_order";
import { paintSlice } from "./painter";
import { Scene } from "./scene";

export const TRANSPARENT = "transparent";

/** World units around what is drawn. */
const ROOM = 10;
/** Pixels per world unit, as far as the picture keeps within what browsers can hold. */
const FINEST = 2;
/** Pixels of its longer side. */
const LONGEST = 8192;
const LARGEST = 32e6;

/** How fine a picture is at most. */
export interface Fineness {
  readonly finest?: number;
  /** Pixels of its longer side. */
  readonly longest?: number;
  /** Pixels altogether. */
  readonly largest?: number;
}

/** A picture of some elements and nothing else, on the paper they lie on, which may be transparent. */
export async function pictureOf(
  document: ReadonlyDocument,
  elements: readonly Element[],
  paper: Paper,
  pictures: { readonly get: PictureOf; settled(): Promise<void> },
  fineness: Fineness = {},
): Promise<Blob> {
  const sorted = inPaintOrder(elements);
  const { minX, minY, maxX, maxY } = extentOf(sorted);
  const scale = scaleFor(maxX - minX, maxY - minY, fineness);
  const canvas = window.document.createElement("canvas");
  canvas.width = Math.max(1, Math.round((maxX - minX) * scale));
  canvas.height = Math.max(1, Math.round((maxY - minY) * scale));
  const ctx = canvas.getContext("2d", { alpha: paper.background === TRANSPARENT });
  if (ctx === null) throw new Error("no canvas");
  const view = { x: minX, y: minY, scale, pixelRatio: 1 };
  const paintAll = () => {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.fillStyle = paper.background;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    const surface = new Surface(ctx, view, paper, pictures.get);
    // A small picture of much is drawn as the screen draws it from afar.
    surface.detailed = fineness.longest === undefined;
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

/** The part of the world that a picture of some elements shows. */
export function extentOf(elements: readonly Element[]): Box {
  const boxes = elements.map(paintBoundsOf);
  return {
    minX: boxes.reduce((least, box) => Math.min(least, box.minX), Infinity) - ROOM,
    minY: boxes.reduce((least, box) => Math.min(least, box.minY), Infinity) - ROOM,
    maxX: boxes.reduce((most, box) => Math.max(most, box.maxX), -Infinity) + ROOM,
    maxY: boxes.reduce((most, box) => Math.max(most, box.maxY), -Infinity) + ROOM,
  };
}

/** Pixels per world unit of a picture of so many units. */
export function scaleFor(width: number, height: number, fineness: Fineness = {}): number {
  const { finest = FINEST, longest = LONGEST, largest = LARGEST } = fineness;
  return Math.min(finest, longest / Math.max(width, height), Math.sqrt(largest / (width * height)));
}
