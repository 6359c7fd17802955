import { afterEach, describe, expect, test, vi } from "vitest";
import { importFile } from "./import_file";
import { ServerRefusal } from "./server";

const board = { id: "a1B2c3D4", token: "key" };
const file = new File(["{}"], "plan.excalidraw");
const result = { ids: ["e1"], count: 1, bounds: [0, 0, 10, 10], skipped: {} };

function answering(body: string, status = 200) {
  const fetched = vi.fn(
    async (_path: string, _init: RequestInit) => new Response(body, { status }),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe("bringing a file in", () => {
  test("tells how far it is and ends with what came in", async () => {
    const told: unknown[] = [];
    answering(`{"done":0,"total":2}\n{"done":2,"total":2}\n${JSON.stringify({ result })}\n`);
    const imported = await importFile(board, file, { x: 1, y: 2, person: "somebody" }, (...at) =>
      told.push(at),
    );
    expect(imported).toEqual(result);
    expect(told).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });

  test("the key to the board goes in a header, never into the address", async () => {
    const fetched = answering(JSON.stringify({ result }));
    await importFile(board, file, { x: 1, y: 2, person: "somebody" }, () => undefined);
    const [path, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(path).not.toContain("key");
    expect(new Headers(init.headers).get("Authorization")).toBe("Bearer key");
  });

  test("an error in the middle names the place", async () => {
    answering('{"done":1,"total":9}\n{"error":"not a number","where":"elements[3].x"}\n');
    const failing = importFile(board, file, { x: 0, y: 0, person: "somebody" }, () => undefined);
    await expect(failing).rejects.toBeInstanceOf(ServerRefusal);
    await expect(failing).rejects.toMatchObject({ where: "elements[3].x" });
  });

  test("an answer that breaks off is an error, not a success", async () => {
    answering('{"done":1,"total":9}\n');
    const failing = importFile(board, file, { x: 0, y: 0, person: "somebody" }, () => undefined);
    await expect(failing).rejects.toBeInstanceOf(ServerRefusal);
  });

  test("a file that cannot be read is refused with its place, before anything is drawn", async () => {
    answering(JSON.stringify({ status: 422, detail: "not a number", where: "elements[3].x" }), 422);
    const failing = importFile(board, file, { x: 0, y: 0, person: "somebody" }, () => undefined);
    await expect(failing).rejects.toEqual(new ServerRefusal(422, "not a number", "elements[3].x"));
    await expect(failing).rejects.toMatchObject({ where: "elements[3].x" });
  });

  test("a file that is too large is refused in words", async () => {
    answering("", 413);
    const failing = importFile(board, file, { x: 0, y: 0, person: "somebody" }, () => undefined);
    await expect(failing).rejects.toEqual(new ServerRefusal(413, "the file is too large"));
  });
});
