/**
 * The canonical form of an element, whose hash tells whether two replicas are equal (rules G1 to G3).
 *
 * Canonical msgpack: maps with sorted keys, defaults left out, every number as float64 with -0 as 0, everything else
 * in its shortest form. The server computes the same in `backend/inkwire/protocol/canonical.py`.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Element } from "../generated/protocol";
import { toWire } from "./wire_element";

/** The canonical msgpack of one element. */
export function canonicalBytes(element: Element): Uint8Array {
  const writer = new Writer();
  writer.write(toWire(element));
  return writer.bytes();
}

/** sha256 in hexadecimal over the canonical forms, in the order of the ids. */
export function digestOf(elements: Iterable<Element>): string {
  // Ids are ASCII, so code units sort them as the server does.
  const sorted = [...elements].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = sha256.create();
  for (const element of sorted) hash.update(canonicalBytes(element));
  return bytesToHex(hash.digest());
}

/** First bytes of the forms with 8, 16 and 32 bits of length, and of the short form with its largest length. */
interface Head {
  readonly short: number;
  readonly shortest: number;
  readonly eight: number | null;
  readonly sixteen: number;
  readonly thirtyTwo: number;
}

const STRING: Head = { short: 0xa0, shortest: 31, eight: 0xd9, sixteen: 0xda, thirtyTwo: 0xdb };
const BYTES: Head = { short: 0, shortest: -1, eight: 0xc4, sixteen: 0xc5, thirtyTwo: 0xc6 };
const LIST: Head = { short: 0x90, shortest: 15, eight: null, sixteen: 0xdc, thirtyTwo: 0xdd };
const MAP: Head = { short: 0x80, shortest: 15, eight: null, sixteen: 0xde, thirtyTwo: 0xdf };

class Writer {
  #buffer = new Uint8Array(512);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;
  readonly #utf8 = new TextEncoder();

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  write(value: unknown): void {
    if (value === null) this.#byte(0xc0);
    else if (typeof value === "boolean") this.#byte(value ? 0xc3 : 0xc2);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") {
      const data = this.#utf8.encode(value);
      this.#head(STRING, data.length);
      this.#append(data);
    } else if (value instanceof Uint8Array) {
      this.#head(BYTES, value.length);
      this.#append(value);
    } else if (Array.isArray(value)) {
      this.#head(LIST, value.length);
      for (const item of value) this.write(item);
    } else this.#map(value as Readonly<Record<string, unknown>>);
  }

  #map(value: Readonly<Record<string, unknown>>): void {
    const names = Object.keys(value).sort();
    this.#head(MAP, names.length);
    for (const name of names) {
      this.write(name);
      this.write(value[name]);
    }
  }

  #number(value: number): void {
    this.#byte(0xcb);
    this.#room(8);
    this.#view.setFloat64(this.#length, value + 0);
    this.#length += 8;
  }

  #head(head: Head, length: number): void {
    if (length <= head.shortest) this.#byte(head.short | length);
    else if (head.eight !== null && length < 2 ** 8) {
      this.#byte(head.eight);
      this.#byte(length);
    } else if (length < 2 ** 16) {
      this.#byte(head.sixteen);
      this.#byte(length >> 8);
      this.#byte(length);
    } else {
      this.#byte(head.thirtyTwo);
      for (const shift of [24, 16, 8, 0]) this.#byte(length >>> shift);
    }
  }

  #byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#length++] = value;
  }

  #append(data: Uint8Array): void {
    this.#room(data.length);
    this.#buffer.set(data, this.#length);
    this.#length += data.length;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + bytes));
    larger.set(this.#buffer);
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer);
  }
}
