import type { Size } from "./picture_levels";

/**
 * A picture as it is drawn, of a size or its own. Browsers unpack it beside the page; of an SVG they draw a picture, in
 * which nothing runs and nothing is fetched.
 */
export async function unpackPicture(
  from: Blob | ImageBitmap,
  size: Size | null,
): Promise<ImageBitmap> {
  const source = from instanceof Blob && from.type === "image/svg+xml" ? await shown(from) : from;
  if (size === null) return await createImageBitmap(source);
  return await createImageBitmap(source, {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: "high",
  });
}

/** An SVG as an image; browsers make no bitmap of its bytes. */
export async function shown(svg: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  // Not a blob: address: with HTML inside of the SVG, the canvas could not be read any more.
  image.src = await dataUrlOf(svg);
  await image.decode();
  return image;
}

function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("not readable"));
    reader.readAsDataURL(blob);
  });
}
