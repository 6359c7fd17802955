import { encode } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type ClientFrame, type ServerFrame, TAG } from "../generated/protocol";
import { fromHex, toHex, vectors } from "../testing/vectors";
import { decodeFrame, decodePush, encodeFrame, sizeOf, WireError } from "./codec";

const { client, server, rubbish } = vectors<{
  client: readonly { readonly value: ClientFrame; readonly bytes: string }[];
  server: readonly { readonly value: ServerFrame; readonly bytes: string }[];
  rubbish: readonly string[];
}>("frames");

const square = { type: "rectangle", id: "a", place: [0, 0, 1, 1, 0], z: "a0" };

describe("frames", () => {
  it("go out as the bytes that the server's tests read", () => {
    for (const { value, bytes } of client) expect(toHex(encodeFrame(value))).toBe(bytes);
    expect(client.length).toBeGreaterThan(49);
  });

  it("come in as the server meant them", () => {
    for (const { value, bytes } of server) {
      const { frame, skipped } = decodeFrame(fromHex(bytes));
      expect(frame).toEqual(value);
      expect(skipped).toBe(0);
    }
    expect(new Set(server.map(({ value }) => value[0])).size).toBe(10);
  });

  it("leave out what is undefined", () => {
    expect(encodeFrame([TAG.live, { cursor: [1, 2], tool: undefined } as never])).toEqual(
      encodeFrame([TAG.live, { cursor: [1, 2] }]),
    );
  });

  it("[F1] [F2] are refused with an error of their own, whatever the bytes", () => {
    for (const bytes of rubbish) expect(() => decodeFrame(fromHex(bytes))).toThrow(WireError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expectFrameOrError(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(TAG)), fc.array(fc.anything()), (tag, items) => {
        expectFrameOrError(encode([tag, ...items.map(plain)]));
      }),
    );
  });

  it("[F2] with one byte changed are a frame or an error", () => {
    fc.assert(
      fc.property(fc.nat(server.length - 1), fc.nat(), fc.nat(255), (which, at, byte) => {
        const bytes = fromHex(server[which]!.bytes);
        bytes[at % bytes.length] = byte;
        expectFrameOrError(bytes);
      }),
    );
  });

  it("[F6] packed are the page that was packed, torn or mislabelled an error", () => {
    const records = encode([[7, square, new Uint8Array(3000), null]]);
    const data = deflateSync(records);
    const packed = (size: unknown, bytes: unknown) => encode([TAG.packedPage, size, bytes]);
    const { frame } = decodeFrame(packed(records.length, data));
    expect(frame).toEqual([TAG.page, [[7, square, new Uint8Array(3000), null]]]);
    for (const [size, bytes] of [
      [records.length, data.subarray(0, -1)],
      [records.length + 1, data],
      [records.length - 1, data],
      [2 ** 30, data],
      [-1, data],
      [records.length, "text"],
      [records.length, records],
      [records.length, new Uint8Array()],
    ]) {
      expect(() => decodeFrame(packed(size, bytes))).toThrow(WireError);
    }
  });

  it("nested a thousand deep do not break anything", () => {
    expectFrameOrError(new Uint8Array([...new Array(5000).fill(0x91), 0xc0]));
    expectFrameOrError(new Uint8Array(5000).fill(0x91));
  });

  it("with a key that would reach into objects are refused", () => {
    const polluted = encode([TAG.live, JSON.parse('{"__proto__": {"polluted": 1}}')]);
    expect(() => decodeFrame(polluted)).toThrow(WireError);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("one bad record", () => {
  it("in a page is left out and counted, and the others come", () => {
    const records = [
      [1, square, null, null],
      [2, { ...square, type: "hologram" }, null, null],
      [3, { ...square, place: [0, 0, Number.NaN, 1, 0] }, null, null],
      [4, { ...square, opacity: "half" }, null, null],
      [5, { ...square, id: "b" }, null, null],
    ];
    const { frame, skipped } = decodeFrame(encode([TAG.page, records]));
    expect(skipped).toBe(3);
    expect(frame).toEqual([TAG.page, [records[0], records[4]]]);
  });

  it("in a commit is left out, and the commit keeps its place", () => {
    const ops = [
      ["put", square],
      ["explode", "a"],
      ["set", "a", { place: 1 }],
      ["delete", "b"],
    ];
    const commit = [7, 0, "person-1", "client-1", 1, "", ops];
    const { frame, skipped } = decodeFrame(encode([TAG.batch, [commit], [], []]));
    expect(skipped).toBe(2);
    expect(frame[0] === TAG.batch && frame[1][0]?.[6]).toEqual([ops[0], ops[3]]);
  });

  it("among live states is left out", () => {
    const live = [
      ["peer-0001", null, { cursor: [1, 2] }],
      ["peer-0002", null, { cursor: "here" }],
      ["peer-0003", ["only", "two"], {}],
    ];
    const { frame, skipped } = decodeFrame(encode([TAG.batch, [], live, ["peer-0004"]]));
    expect(skipped).toBe(2);
    expect(frame).toEqual([TAG.batch, [], [live[0]], ["peer-0004"]]);
  });

  it("that is a commit without a number is no batch at all: leaving it out would be a gap", () => {
    expect(() => decodeFrame(encode([TAG.batch, [["one"]], [], []]))).toThrow(WireError);
  });
});

describe("pushes in the journal", () => {
  it("come back as they were", () => {
    for (const { value } of client) {
      if (value[0] === TAG.push) expect(decodePush(encodeFrame(value))).toEqual(value);
      else expect(() => decodePush(encodeFrame(value))).toThrow(WireError);
    }
  });

  it("are as large as their ops", () => {
    const op = ["put", square] as never;
    expect(sizeOf(op)).toBe(encode(op).length);
  });
});

function expectFrameOrError(bytes: Uint8Array): void {
  try {
    expect(decodeFrame(bytes).frame[0]).toBeTypeOf("number");
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
  }
}

/** What msgpack can write. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value ?? null)) as unknown;
  } catch {
    return null;
  }
}
