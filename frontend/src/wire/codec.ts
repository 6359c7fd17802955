import { Decoder, Encoder } from "@msgpack/msgpack";
import { inflateSync } from "fflate";
import { MAX_FRAME_BYTES, MAX_PAGE_BYTES } from "../generated/limits";
import {
  type ClientFrame,
  type Op,
  type Push,
  type ServerFrame,
  TAG,
  type WireElement,
} from "../generated/protocol";
import {
  arePushes,
  isAuthoredOp,
  isCommit,
  isCount,
  isNumber,
  isOp,
  isPeerLive,
  isRecord,
  isString,
  isWireElement,
} from "./check";

/** Bytes that are not a frame; `problem` says why, without their content. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** A frame, and how many records inside it were left out because nobody could read them. */
export interface Received {
  readonly frame: ServerFrame;
  readonly skipped: number;
}

/** A page may hold one record that is larger than a page. */
const LARGEST = 2 * MAX_FRAME_BYTES;

const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder({
  maxStrLength: LARGEST,
  maxBinLength: LARGEST,
  maxArrayLength: LARGEST,
  maxMapLength: 4096,
  maxExtLength: 0,
});

/** The bytes of a frame. */
export function encodeFrame(frame: ClientFrame): Uint8Array<ArrayBuffer> {
  return encoder.encode(frame);
}

/** How many bytes an op takes in a push. */
export function sizeOf(op: Op): number {
  return encoder.encodeSharedRef(op).length;
}

/** The frame in `data`, a packed page unpacked; throws `WireError` and nothing else. */
export function decodeFrame(data: Uint8Array): Received {
  let value = decodeArray(data);
  if (value[0] === TAG.packedPage) value = [TAG.page, unpacked(value)];
  let skipped = 0;
  const readable = <T>(list: unknown, check: (item: unknown) => item is T): T[] => {
    const items = arrayAt(list);
    const good = items.filter(check);
    skipped += items.length - good.length;
    return good;
  };
  switch (value[0]) {
    case TAG.welcome:
      expect(value, isCount, isString, isCount, isBoolean, isString, isString, isString, isString);
      break;
    case TAG.reset:
      expect(value, isString, isCount, isString, isCount);
      break;
    case TAG.page:
      value[1] = readable(value[1], isRecord);
      break;
    case TAG.ready:
      expect(value, isString, isCount);
      break;
    case TAG.batch: {
      const commits = arrayAt(value[1]);
      // A commit that is left out would be a gap, so its envelope has to be right; its ops need not.
      for (const commit of commits) {
        if (!isCommit(commit)) throw new WireError("a commit is not one");
        (commit as unknown as unknown[])[6] = readable(commit[6], isOp);
      }
      value[2] = readable(value[2], isPeerLive);
      value[3] = readable(value[3], (item): item is string => isString(item));
      break;
    }
    case TAG.merged:
      expect(value, isCount, isCount, arePushes);
      value[4] = readable(value[4], isAuthoredOp);
      break;
    case TAG.accepted:
      expect(value, isString, isCount, isCount);
      break;
    case TAG.refused:
      expect(value, isString, isCount, isString, isString, isBoolean, isNumber, isCount);
      break;
    case TAG.notice:
      expect(value, isString, isString);
      break;
    case TAG.pong:
      expect(value, isNumber, isNumber);
      break;
    default:
      throw new WireError("unknown tag");
  }
  return { frame: value as unknown as ServerFrame, skipped };
}

/** A push as it lies in the journal; throws `WireError` and nothing else. */
export function decodePush(data: Uint8Array): Push {
  const value = decodeArray(data);
  if (value[0] !== TAG.push) throw new WireError("not a push");
  expect(value, isString, isCount, isString, Array.isArray);
  if (!(value[4] as unknown[]).every(isOp)) throw new WireError("an op is not one");
  return value as unknown as Push;
}

function decodeArray(data: Uint8Array, largest = LARGEST): unknown[] {
  if (data.length > largest) throw new WireError("too large");
  let value: unknown;
  try {
    value = decoder.decode(data);
  } catch (error) {
    throw new WireError(error instanceof Error ? error.message : "not msgpack");
  }
  return arrayAt(value);
}

/** The records of a packed page. Inflated in one go: pages have to stay in the order of the frames around them. */
function unpacked([, size, data]: readonly unknown[]): unknown {
  if (
    typeof size !== "number" ||
    size < 1 ||
    size > MAX_PAGE_BYTES ||
    !(data instanceof Uint8Array)
  ) {
    throw new WireError("a packed page is not one");
  }
  let records: Uint8Array;
  try {
    records = inflateSync(data, { out: new Uint8Array(size) });
  } catch {
    throw new WireError("a packed page is torn");
  }
  if (records.length !== size) throw new WireError("a packed page is not of the size it says");
  return decodeArray(records);
}

function arrayAt(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new WireError("a list is missing");
  return value;
}

function expect(value: readonly unknown[], ...checks: ((item: unknown) => boolean)[]): void {
  checks.forEach((check, i) => {
    if (!check(value[i + 1])) throw new WireError(`item ${i + 1} of frame ${value[0]} is wrong`);
  });
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

/** Elements as the journal keeps them. */
export function encodeElements(elements: readonly WireElement[]): Uint8Array<ArrayBuffer> {
  return encoder.encode(elements);
}

/** The elements of `encodeElements`; throws `WireError` if any of them cannot be read. */
export function decodeElements(data: Uint8Array): WireElement[] {
  const value = decodeArray(data, Number.POSITIVE_INFINITY);
  if (!value.every(isWireElement)) throw new WireError("an element is not one");
  return value;
}
