import { expect, test } from "vitest";
import { resolve } from "../document/wire_element";
import type { WireElement } from "../generated/protocol";
import { findWords } from "./finding";

const at = (x: number, y: number) => [x, y, 100, 20, 0] as const;
const BOARD = (
  [
    { id: "low", type: "text", z: "a0", place: at(0, 500), text: "The harbour" },
    { id: "right", type: "note", z: "a1", place: at(400, 0), text: "At the Café,\nby the harbour" },
    { id: "left", type: "frame", z: "a2", place: at(0, 0), name: "HARBOUR" },
    { id: "picture", type: "image", z: "a4", place: at(0, 900), name: "A ship at sea" },
    { id: "box", type: "rectangle", z: "a3", place: at(0, 0) },
  ] satisfies WireElement[]
).map((wire) => resolve(wire as WireElement));

test("words are found in texts, notes and names of frames, in reading order", () => {
  expect(findWords(BOARD, " harbour ")).toEqual(["left", "right", "low"]);
});

test("a picture is found by what it is said to show", () => {
  expect(findWords(BOARD, "ship")).toEqual(["picture"]);
});

test("capitals and accents make no difference, either way", () => {
  expect(findWords(BOARD, "CAFE")).toEqual(["right"]);
  expect(findWords(BOARD, "Hárbour")).toEqual(["left", "right", "low"]);
});

test("nothing is found for no words, and for words that are not there", () => {
  expect(findWords(BOARD, "  ")).toEqual([]);
  expect(findWords(BOARD, "shop")).toEqual([]);
});
