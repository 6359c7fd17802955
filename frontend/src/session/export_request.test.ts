import { expect, test } from "vitest";
import type { Wanted } from "../ui/board/board_model";
import { asked } from "./export_request";

const WANTED: Wanted = { format: "svg", ids: [], scale: 2, theme: "dark", background: false };

test("a picture is asked for as it shall look, and by whom", () => {
  expect(asked(WANTED, "ana")).toEqual({
    path: "export.svg?theme=dark&background=false&scale=2&person=ana",
    init: {},
  });
  expect(asked({ ...WANTED, background: true }).path).toBe("export.svg?theme=dark&scale=2");
  expect(asked({ ...WANTED, format: "pdf" }).path).toBe("export.pdf?theme=dark&background=false");
});

test("what looks like nothing is asked for as it is", () => {
  expect(asked({ ...WANTED, format: "json" })).toEqual({ path: "export.json?", init: {} });
});

test("chosen elements are named in the body, which may be long", () => {
  const { path, init } = asked({ ...WANTED, format: "inkwire", ids: ["a", "b"] });
  expect(path).toBe("export.inkwire?");
  expect(init.method).toBe("POST");
  expect(JSON.parse(String(init.body))).toEqual({ ids: ["a", "b"] });
});
