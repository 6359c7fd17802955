import { describe, expect, test } from "vitest";
import { boardAddress, boardPath, pastedAddress } from "./board_address";

const HERE = "https://ink.example";

describe("the address of a board", () => {
  test("holds the board in its path and the key in its fragment", () => {
    const address = boardAddress(new URL(`${HERE}/b/a1B2c3D4#k=s3cret_-.x`));
    expect(address).toEqual({ id: "a1B2c3D4", token: "s3cret_-.x" });
  });

  test("goes there and back", () => {
    const address = { id: "a1B2c3D4", token: "key" };
    expect(boardAddress(new URL(boardPath(address), HERE))).toEqual(address);
  });

  test("without a key is still a board", () => {
    expect(boardAddress(new URL(`${HERE}/b/a1B2c3D4`))).toEqual({ id: "a1B2c3D4", token: "" });
  });

  test("never takes a key with signs that no key has", () => {
    expect(boardAddress(new URL(`${HERE}/b/a1B2c3D4#k=<b>`))?.token).toBe("");
  });

  test.each(["/", "/b/", "/b/short", "/b/a1B2c3D4/activity", "/x/a1B2c3D4"])(
    "%s is not one",
    (path) => {
      expect(boardAddress(new URL(path, HERE))).toBeNull();
    },
  );
});

describe("a pasted link", () => {
  test("opens with spaces around it", () => {
    expect(pastedAddress(`  ${HERE}/b/a1B2c3D4#k=key\n`, HERE)?.token).toBe("key");
  });

  test.each([
    ["of another server", "https://evil.example/b/a1B2c3D4#k=key"],
    ["without its key", `${HERE}/b/a1B2c3D4`],
    ["that is a script", "javascript:alert(1)"],
    ["that is no link", "see you at nine"],
  ])("%s opens nothing", (_, text) => {
    expect(pastedAddress(text, HERE)).toBeNull();
  });
});
