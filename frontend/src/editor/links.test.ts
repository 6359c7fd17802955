import { describe, expect, test } from "vitest";
import { isSafeLink, linkOf, soleLink } from "./links";

describe("what somebody types becomes the link they meant", () => {
  test.each([
    ["https://example.org/a?b#c", "https://example.org/a?b#c"],
    [" HTTP://example.org ", "http://example.org"],
    ["example.org", "https://example.org"],
    ["example.org:8080/path", "https://example.org:8080/path"],
    ["münchen.de", "https://münchen.de"],
    ["localhost:8000/b/x", "https://localhost:8000/b/x"],
    ["ana@example.org", "mailto:ana@example.org"],
    ["mailto:ana@example.org", "mailto:ana@example.org"],
  ])("%s", (typed, link) => {
    expect(linkOf(typed)).toBe(link);
  });
});

/** X8: what must never be followed, in the ways in which it was tried elsewhere. */
const HOSTILE = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript://example.org/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "blob:https://example.org/1",
  "//evil.example",
  "/b/other",
  "https:evil",
  "http:/evil",
  "https:///evil.example",
  "https://example.org/ two words",
  "https://example.org/\u0000",
  `https://example.org/${"a".repeat(2048)}`,
  "affine:open",
  "words",
  "",
];

describe("nothing but http, https and mailto is a link", () => {
  test.each(HOSTILE)("%j", (typed) => {
    expect(linkOf(typed)).toBeNull();
    expect(isSafeLink(typed)).toBe(false);
    expect(soleLink(typed)).toBeNull();
  });
});

test("a text is a link only if it is nothing else", () => {
  expect(soleLink(" https://example.org\n")).toBe("https://example.org");
  expect(soleLink("see https://example.org")).toBeNull();
  expect(soleLink("example.org")).toBeNull();
});
