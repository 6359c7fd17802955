import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kindOf, withoutMetadata } from "./picture_metadata";

const bytes = (...parts: (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part,
    ),
  );

const big = (value: number) => [value >> 24, value >> 16, value >> 8, value].map((b) => b & 255);
const little = (value: number) => big(value).reverse();

function segment(marker: number, content: Uint8Array): number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...content];
}

function exif(orientation: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return bytes("Exif\0\0MM", [0, 42], big(8), [0, 1], entry, big(0), "SECRET");
}

const JFIF = segment(0xe0, bytes("JFIF\0", [1, 1, 0, 0, 1, 0, 1, 0, 0]));
const PROFILE = segment(0xe2, bytes("ICC_PROFILE\0", [1, 1], "colours"));
const TABLE = segment(0xdb, bytes("table"));
const PIXELS = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];

function jpeg(...extra: number[][]): Uint8Array<ArrayBuffer> {
  return bytes([0xff, 0xd8], JFIF, ...extra, PROFILE, TABLE, PIXELS);
}

function chunk(name: string, content: string): number[] {
  return [...big(content.length), ...bytes(name, content), 1, 2, 3, 4];
}

const PNG = "\x89PNG\r\n\x1a\n";

describe("what tells of place, day and camera goes; what is shown stays", () => {
  test("JPEG", () => {
    const told = jpeg(
      segment(0xe1, exif(1)),
      segment(0xe1, bytes("http://ns.adobe.com/xap/1.0/\0SECRET")),
      segment(0xed, bytes("Photoshop 3.0\0SECRET")),
      segment(0xe2, bytes("MPF\0SECRET")),
      segment(0xfe, bytes("SECRET")),
    );
    expect(withoutMetadata(told, "jpeg")).toEqual({ bytes: jpeg(), turned: false });
  });

  test.each([2, 3, 6, 8])(
    "a JPEG that says that it is turned (%d) has to be drawn anew",
    (turn) => {
      expect(withoutMetadata(jpeg(segment(0xe1, exif(turn))), "jpeg").turned).toBe(true);
    },
  );

  test("PNG, and what hangs behind its end", () => {
    const plain = bytes(PNG, chunk("IHDR", "head"), chunk("IDAT", "pixels"), chunk("IEND", ""));
    const told = bytes(
      PNG,
      chunk("IHDR", "head"),
      chunk("tEXt", "SECRET"),
      chunk("iTXt", "SECRET"),
      chunk("eXIf", "SECRET"),
      chunk("tIME", "SECRET"),
      chunk("IDAT", "pixels"),
      chunk("IEND", ""),
      "SECRET",
    );
    expect(withoutMetadata(told, "png").bytes).toEqual(plain);
  });

  test("WebP, with its flags and its length", () => {
    const part = (name: string, content: readonly number[]) => [
      ...bytes(name),
      ...little(content.length),
      ...content,
      ...(content.length % 2 ? [0] : []),
    ];
    const webp = (flags: number, ...extra: number[][]) => {
      const parts = [part("VP8X", [flags, 0, 0, 0, 6, 0, 0, 8, 0, 0]), part("VP8 ", [1, 2, 3])];
      const body = [...bytes("WEBP"), ...parts.flat(), ...extra.flat()];
      return bytes("RIFF", little(body.length), body);
    };
    const secret = [...bytes("SECRET!")];
    const told = webp(0x1c, part("EXIF", secret), part("XMP ", secret));
    expect(withoutMetadata(told, "webp").bytes).toEqual(webp(0x10));
  });

  test("any bytes stay as long as they were or become shorter, and nothing is thrown", () => {
    const starts = { jpeg: jpeg(), png: bytes(PNG), webp: bytes("RIFF....WEBP") };
    const kinds = fc.constantFrom("jpeg" as const, "png" as const, "webp" as const);
    fc.assert(
      fc.property(kinds, fc.uint8Array({ maxLength: 60 }), fc.nat(40), (kind, tail, cut) => {
        const data = bytes([...starts[kind].slice(0, cut)], [...tail]);
        const plain = withoutMetadata(data, kind);
        expect(plain.bytes.length).toBeLessThanOrEqual(data.length);
      }),
    );
  });
});

test("the first bytes say what it is", () => {
  expect(kindOf(jpeg())).toBe("jpeg");
  expect(kindOf(bytes(PNG))).toBe("png");
  expect(kindOf(bytes("RIFF....WEBPVP8 "))).toBe("webp");
  expect(kindOf(bytes("GIF89a"))).toBe("gif");
  expect(kindOf(bytes("....ftypavif"))).toBe("avif");
  expect(kindOf(bytes('<?xml version="1.0"?><svg/>'))).toBe("svg");
  expect(kindOf(bytes("<html>"))).toBeNull();
  expect(kindOf(bytes(""))).toBeNull();
});
