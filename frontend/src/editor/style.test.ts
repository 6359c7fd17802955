import { describe, expect, test } from "vitest";
import { resolve } from "../document/wire_element";
import type { ElementType, Props, WireElement } from "../generated/protocol";
import { commonStyle, FIRST_STYLE, rememberedStyle, rememberStyle, styleProps } from "./style";

function element(type: ElementType, props: Props = {}) {
  const wire = { type, id: "e", place: [0, 0, 1, 1, 0], z: "a0", ...props } as WireElement;
  return resolve(wire);
}

function memoryOf(kept: string | null) {
  return { read: () => kept, write: () => {} };
}

describe("a change of style", () => {
  test("touches only what the type knows", () => {
    const patch = { color: "#ff0000", dash: "dotted", fontSize: 40 } as const;
    expect(styleProps(element("rectangle"), patch)).toEqual({ color: "#ff0000", dash: "dotted" });
    expect(styleProps(element("text"), patch)).toEqual({ color: "#ff0000", fontSize: 40 });
    expect(styleProps(element("image"), patch)).toEqual({});
  });

  test("a note's paper is not the fill of shapes", () => {
    expect(styleProps(element("note"), { fill: "#ffffff" })).toEqual({});
    expect(styleProps(element("note"), { paper: "#ffffff" })).toEqual({ fill: "#ffffff" });
    expect(styleProps(element("rectangle"), { paper: "#ffffff" })).toEqual({});
  });

  test("the highlighter has an ink of its own", () => {
    const marker = element("freedraw", { brush: "highlighter", points: new Uint8Array() });
    expect(styleProps(marker, { color: "#ff0000" })).toEqual({});
    expect(styleProps(marker, { marker: "#ff0000" })).toEqual({ color: "#ff0000" });
  });
});

describe("what several elements have in common", () => {
  test("is left out where they differ, and where only some know it", () => {
    const style = commonStyle([
      element("rectangle", { color: "#ff0000", opacity: 0.5 }),
      element("rectangle", { color: "#00ff00", opacity: 0.5 }),
    ]);
    expect(style.color).toBeUndefined();
    expect(style.opacity).toBe(0.5);
  });

  test("a pen and a shape of the same strength agree on it", () => {
    const shape = element("rectangle", styleProps(element("rectangle"), { strokeWidth: 4 }));
    const blank = element("freedraw", { points: new Uint8Array() });
    const ink = element("freedraw", {
      ...styleProps(blank, { strokeWidth: 4 }),
      points: new Uint8Array(),
    });
    expect(commonStyle([shape, ink]).strokeWidth).toBe(4);
  });
});

describe("the remembered style", () => {
  test("comes back as it was", () => {
    let kept: string | null = null;
    const memory = {
      read: () => kept,
      write: (_: string, value: string) => {
        kept = value;
      },
    };
    const style = { ...FIRST_STYLE, color: "#ff0000", dash: "dashed", rounded: true } as const;
    rememberStyle(memory, style);
    expect(rememberedStyle(memory)).toEqual(style);
  });

  test.each([
    ["nothing", null],
    ["no JSON", "{"],
    ["a list", "[1]"],
    ["words that no type knows", '{"dash":"wobbly","font":"comic"}'],
    ["numbers out of bounds", '{"opacity":7,"fontSize":-1,"strokeWidth":"2"}'],
    ["something else than a colour", '{"color":"red; background:url(x)"}'],
    ["names that there are not", '{"__proto__":{"x":1},"onclick":"x"}'],
  ])("%s in the memory is the first style", (_, kept) => {
    expect(rememberedStyle(memoryOf(kept))).toEqual(FIRST_STYLE);
  });
});
