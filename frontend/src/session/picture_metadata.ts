/**
 * Takes out of a picture's bytes what tells of the place, the day and the camera, and nothing of what is shown.
 *
 * JPEG: segments Exif, XMP, IPTC, comments and what cameras add (ITU-T T.81 B.1.1). PNG: text, time and Exif chunks (W3C PNG
 * 11.3). WebP: the EXIF and XMP chunks (RFC 9649). Colour profiles stay.
 */
export interface Plain {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What was taken out said that the picture is to be turned: without it, it must be drawn anew. */
  readonly turned: boolean;
}

export type PictureKind = "jpeg" | "png" | "webp" | "gif" | "avif" | "svg";

/** What the first bytes say that it is. */
export function kindOf(bytes: Uint8Array): PictureKind | null {
  const text = latin(bytes.subarray(0, 1024));
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (/^ftypavi[fs]/.test(text.slice(4))) return "avif";
  if (/^(\xef\xbb\xbf)?\s*(<\?xml|<!--|<!DOCTYPE svg|<svg[\s>])/i.test(text)) return "svg";
  return null;
}

/** The picture without metadata; as it was where it is of another kind, or damaged. */
export function withoutMetadata(bytes: Uint8Array<ArrayBuffer>, kind: PictureKind): Plain {
  const plain = { jpeg: plainJpeg, png: plainPng, webp: plainWebp }[kind as "jpeg"];
  return plain?.(bytes) ?? { bytes, turned: false };
}

function plainJpeg(bytes: Uint8Array<ArrayBuffer>): Plain | null {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 2)];
  let turned = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    // From here on there are pixels.
    if (marker === 0xda) return { bytes: joined([...kept, bytes.subarray(at)]), turned };
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && latin(segment.subarray(4, 10)) === "Exif\0\0") {
      turned ||= orientationOf(segment.subarray(10)) !== 1;
    }
    if (staysInJpeg(marker, segment)) kept.push(segment);
    at = end;
  }
  return null;
}

function staysInJpeg(marker: number, segment: Uint8Array): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  if (!isApplication) return marker !== 0xfe;
  // JFIF; the colour profile; how Adobe's programs wrote the colours.
  if (marker === 0xe2) return latin(segment.subarray(4, 15)) === "ICC_PROFILE";
  return marker === 0xe0 || marker === 0xee;
}

/** Exif 3.0, tag 274: 1 is upright. */
function orientationOf(exif: Uint8Array): number {
  const little = latin(exif.subarray(0, 2)) === "II";
  const view = viewOf(exif);
  if (exif.length < 8) return 1;
  const start = view.getUint32(4, little);
  if (start + 2 > exif.length) return 1;
  const count = Math.min(view.getUint16(start, little), 100);
  for (let i = 0; i < count; i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > exif.length) return 1;
    if (view.getUint16(at, little) === 274) return view.getUint16(at + 8, little);
  }
  return 1;
}

const TOLD_IN_PNG = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME"]);

function plainPng(bytes: Uint8Array<ArrayBuffer>): Plain | null {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const name = latin(bytes.subarray(at + 4, at + 8));
    if (!TOLD_IN_PNG.has(name)) kept.push(bytes.subarray(at, end));
    // What follows the end is no part of the picture.
    if (name === "IEND") return { bytes: joined(kept), turned: false };
    at = end;
  }
  return null;
}

function plainWebp(bytes: Uint8Array<ArrayBuffer>): Plain | null {
  if (bytes.length < 12) return null;
  const view = viewOf(bytes);
  const kept = [bytes.slice(0, 12)];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > bytes.length) return null;
    const name = latin(bytes.subarray(at, at + 4));
    const chunk = bytes.slice(at, end);
    // Its flags say that there is Exif (8) and XMP (4).
    if (name === "VP8X") chunk[8] = (chunk[8] ?? 0) & ~0x0c;
    if (name !== "EXIF" && name !== "XMP ") kept.push(chunk);
    at = end;
  }
  const whole = joined(kept);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return { bytes: whole, turned: false };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
