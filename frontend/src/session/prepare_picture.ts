import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Size } from "./picture_levels";
import { kindOf, type PictureKind, withoutMetadata } from "./picture_metadata";
import { shown } from "./unpack_picture";

/** Pixels beyond which a picture is made smaller before it is sent: more than any screen shows of it. */
export const MOST_PIXELS = 4096 * 4096;
/** Of one side; canvases of some browsers end there. */
export const LONGEST_SIDE = 8192;
/** Bytes; what the server takes unless it was told otherwise. */
export const MOST_BYTES = 10 * 2 ** 20;
const QUALITY = 0.9;
/** How much smaller both sides become when a picture has too many bytes all the same. */
const STEP = 0.7;
const TRIES = 6;
/** What browsers take where an SVG says nothing. */
const UNSIZED: Size = { width: 300, height: 150 };

/** A picture as it will be kept. */
export interface Prepared {
  /** sha256 of the bytes. */
  readonly file: string;
  readonly bytes: Blob;
  readonly natural: Size;
}

/** Why a file cannot be shown. */
export class NoPicture extends Error {
  override readonly name = "NoPicture";

  constructor(readonly reason: "kind" | "heic" | "damaged" | "large") {
    super(reason);
  }
}

/**
 * Makes of a file what is kept of it: upright, of a sensible size, without the place and time where it was taken. What needs
 * nothing of that stays as it is, to the byte. Throws `NoPicture`.
 */
export async function preparePicture(file: Blob): Promise<Prepared> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  if (kind === null) throw new NoPicture(isHeic(bytes) ? "heic" : "kind");
  const made = kind === "svg" ? await drawing(bytes) : await photo(bytes, kind);
  return { file: await hashOf(made.bytes), ...made };
}

async function drawing(bytes: Uint8Array<ArrayBuffer>): Promise<Omit<Prepared, "file">> {
  if (bytes.length > MOST_BYTES) throw new NoPicture("large");
  const blob = new Blob([bytes], { type: "image/svg+xml" });
  const image = await shown(blob).catch(() => Promise.reject(new NoPicture("damaged")));
  const { naturalWidth: width, naturalHeight: height } = image;
  return { bytes: blob, natural: width > 0 && height > 0 ? { width, height } : UNSIZED };
}

async function photo(
  bytes: Uint8Array<ArrayBuffer>,
  kind: PictureKind,
): Promise<Omit<Prepared, "file">> {
  const type = `image/${kind}`;
  const plain = withoutMetadata(bytes, kind);
  const picture = await createImageBitmap(new Blob([bytes], { type })).catch(() =>
    Promise.reject(new NoPicture("damaged")),
  );
  try {
    const share = shareOf(picture);
    const asItIs = share === 1 && !plain.turned && plain.bytes.length <= MOST_BYTES;
    // Inside of an AVIF, metadata is not so easily found.
    if (asItIs && kind !== "avif") {
      const natural = { width: picture.width, height: picture.height };
      return { bytes: new Blob([plain.bytes], { type }), natural };
    }
    return await smaller(picture, share, kind === "jpeg" ? "image/jpeg" : "image/webp");
  } finally {
    picture.close();
  }
}

/** What a picture has to be multiplied with to be of a sensible size; at most 1. */
export function shareOf({ width, height }: Size): number {
  return Math.min(
    1,
    Math.sqrt(MOST_PIXELS / (width * height)),
    LONGEST_SIDE / Math.max(width, height),
  );
}

async function smaller(
  picture: ImageBitmap,
  first: number,
  type: string,
): Promise<Omit<Prepared, "file">> {
  let share = first;
  for (let i = 0; i < TRIES; i++) {
    const natural = {
      width: Math.max(1, Math.round(picture.width * share)),
      height: Math.max(1, Math.round(picture.height * share)),
    };
    const canvas = Object.assign(document.createElement("canvas"), natural);
    const ctx = canvas.getContext("2d");
    if (ctx === null) break;
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(picture, 0, 0, natural.width, natural.height);
    const bytes = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, type, QUALITY),
    );
    if (bytes !== null && bytes.size <= MOST_BYTES) return { bytes, natural };
    share *= STEP;
  }
  throw new NoPicture("large");
}

async function hashOf(blob: Blob): Promise<string> {
  const bytes = await blob.arrayBuffer();
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle !== undefined)
    return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
  // On plain http the browser does not hash.
  return bytesToHex(sha256(new Uint8Array(bytes)));
}

function isHeic(bytes: Uint8Array): boolean {
  return /^ftyp(heic|heix|hevc|mif1|msf1)/.test(String.fromCharCode(...bytes.subarray(4, 12)));
}
