import { describe, expect, test } from "vitest";
import {
  activityAddress,
  activityPath,
  boardAddress,
  boardPath,
  pastedAddress,
  type Sight,
  sightOf,
  sightOnBoard,
  withoutOwnKey,
} from "./board_address";

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

describe("what a link points to on its board", () => {
  const address = { id: "a1B2c3D4", token: "key" };
  test.each<Sight>([
    { kind: "elements", ids: ["first", "Second_-2"] },
    { kind: "view", x: -120, y: 3000, zoom: 0.25 },
  ])("goes there and back, beside the key: $kind", (sight) => {
    const url = new URL(boardPath(address, sight), HERE);
    expect(sightOf(url)).toEqual(sight);
    expect(boardAddress(url)).toEqual(address);
  });

  test.each([
    "",
    "&show=",
    "&show=<b>",
    "&view=1,2",
    "&view=1,2,0",
    "&view=a,2,1",
    "&view=1,NaN,1",
    "&view=1,2,1e9",
  ])("%j is nothing", (more) => {
    expect(sightOf(new URL(`${HERE}/b/a1B2c3D4#k=key${more}`))).toBeNull();
  });

  test("a link kept on its own board holds no key, others stay as they are", () => {
    const own = HERE + boardPath(address, { kind: "elements", ids: ["box"] });
    const kept = withoutOwnKey(own, "a1B2c3D4", HERE);
    expect(kept).toBe(`${HERE}/b/a1B2c3D4#show=box`);
    expect(sightOnBoard(kept, "a1B2c3D4", HERE)).toEqual({ kind: "elements", ids: ["box"] });
    const another = `${HERE}/b/another12#k=key`;
    expect(withoutOwnKey(another, "a1B2c3D4", HERE)).toBe(another);
    expect(withoutOwnKey("https://x.example/b/a1B2c3D4#k=key", "a1B2c3D4", HERE)).toContain(
      "k=key",
    );
    expect(sightOnBoard("mailto:a@b.example", "a1B2c3D4", HERE)).toBeUndefined();
  });
});

test("the activity of a board has an address of its own, with the same key", () => {
  const url = new URL("https://draw.example/b/board-1234/activity#k=secret");
  expect(activityAddress(url)).toEqual({ id: "board-1234", token: "secret" });
  expect(activityPath({ id: "board-1234", token: "secret" })).toBe(url.pathname + url.hash);
  expect(boardAddress(url)).toBeNull();
  expect(activityAddress(new URL("https://draw.example/b/board-1234#k=secret"))).toBeNull();
});
