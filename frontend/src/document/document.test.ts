import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Element, Op, WireElement } from "../generated/protocol";
import { vectors } from "../testing/vectors";
import { digestOf } from "./canonical";
import { BoardDocument } from "./document";
import { inverseOf } from "./inverse";
import { resolve, sameElement, toWire } from "./wire_element";

interface Case {
  readonly start: readonly WireElement[];
  readonly ops: readonly Op[];
  readonly elements: readonly WireElement[];
  readonly title: string;
  readonly digest: string;
}

const { cases } = vectors<{ cases: readonly Case[] }>("document");

function begin({ start }: Case): BoardDocument {
  return new BoardDocument(start.map(resolve), "before");
}

function inPaintOrder(document: BoardDocument): Element[] {
  return [...document.elements()].sort((a, b) =>
    a.z === b.z ? (a.id < b.id ? -1 : 1) : a.z < b.z ? -1 : 1,
  );
}

describe("a document", () => {
  it("[D1] [D2] [D3] [D4] [D5] [D7] [D8] [D9] comes to what the server's comes to", () => {
    for (const each of cases) {
      const document = begin(each);
      document.apply(each.ops);
      expect(inPaintOrder(document).map(toWire)).toEqual(each.elements.map(resolve).map(toWire));
      expect(document.title).toBe(each.title);
      expect(digestOf(document.elements())).toBe(each.digest);
    }
    expect(cases.length).toBeGreaterThan(49);
  });

  it("tells by change sets exactly what became different", () => {
    for (const each of cases) {
      const document = begin(each);
      const mirror = new Map([...document.elements()].map((element) => [element.id, element]));
      for (const op of each.ops) {
        const { added, updated, removed } = document.apply([op]);
        for (const element of added) {
          expect(mirror.has(element.id)).toBe(false);
          mirror.set(element.id, element);
        }
        for (const { before, after } of updated) {
          expect(mirror.get(before.id)).toBe(before);
          expect(sameElement(before, after)).toBe(false);
          mirror.set(after.id, after);
        }
        for (const { id } of removed) expect(mirror.delete(id)).toBe(true);
      }
      expect(new Set(mirror.values())).toEqual(new Set(document.elements()));
    }
  });

  it("is as it was after its ops and their inverse", () => {
    for (const each of cases) {
      const document = begin(each);
      const back = inverseOf(document, each.ops);
      document.apply(each.ops);
      document.apply(back);
      expect(digestOf(document.elements())).toBe(digestOf(begin(each).elements()));
      expect(document.title).toBe("before");
    }
  });

  it("keeps elements whose ids are names of an object's own", () => {
    const ids = ["constructor", "toString", "hasOwnProperty"];
    const document = new BoardDocument();
    expect(ids.map((id) => document.get(id))).toEqual([undefined, undefined, undefined]);
    document.apply(
      ids.map((id): Op => ["put", { type: "ellipse", id, place: [0, 0, 1, 1, 0], z: "a0" }]),
    );
    expect(document.size).toBe(3);
  });
});

describe("the wire form of an element", () => {
  it("leads back to the same element", () => {
    for (const { elements } of cases) {
      for (const wire of elements) {
        const element = resolve(wire);
        expect(sameElement(resolve(toWire(element)), element)).toBe(true);
      }
    }
  });

  it("keeps no frame alive: bytes are copied out of it", () => {
    const frame = new Uint8Array(1000);
    const element = resolve({
      type: "freedraw",
      id: "a",
      place: [0, 0, 1, 1, 0],
      z: "a0",
      points: frame.subarray(10, 20),
    });
    expect(element.type === "freedraw" && element.points.buffer.byteLength).toBe(10);
  });

  it("is the same object after a set that changes nothing", () => {
    fc.assert(
      fc.property(fc.nat(cases.length - 1), (at) => {
        const document = begin(cases[at]!);
        for (const element of [...document.elements()]) {
          const { type, id, ...props } = element;
          const same = structuredClone(props);
          expect(document.apply([["set", id, same]])).toEqual({
            added: [],
            updated: [],
            removed: [],
          });
          expect(document.get(id), type).toBe(element);
        }
      }),
    );
  });
});
