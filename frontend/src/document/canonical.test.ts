import { describe, expect, it } from "vitest";
import type { WireElement } from "../generated/protocol";
import { toHex, vectors } from "../testing/vectors";
import { canonicalBytes, digestOf } from "./canonical";
import { resolve } from "./wire_element";

const { elements, digests } = vectors<{
  elements: readonly { readonly wire: WireElement; readonly canonical: string }[];
  digests: readonly { readonly of: readonly number[]; readonly sha256: string }[];
}>("canonical");

describe("the canonical form", () => {
  it("[G1] [D2] is the server's to the byte, whether or not defaults were spelled out", () => {
    for (const { wire, canonical } of elements) {
      expect(toHex(canonicalBytes(resolve(wire)))).toBe(canonical);
    }
    expect(elements.length).toBeGreaterThan(99);
  });

  it("[G2] gives the server's digest of several elements, in whatever order they come", () => {
    for (const { of, sha256 } of digests) {
      const byId = new Map(of.map((at) => [elements[at]!.wire.id, resolve(elements[at]!.wire)]));
      expect(digestOf(byId.values())).toBe(sha256);
      expect(digestOf([...byId.values()].reverse())).toBe(sha256);
    }
  });
});
