import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { webSocketTo } from "./browser";
import { openEarly, socketTo } from "./early_socket";

const HERE = "ws://localhost/api/boards/here-1234/socket";

class FakeSocket {
  static readonly OPEN = 1;
  static readonly all: FakeSocket[] = [];
  readyState = 0;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
}

const opened = () => FakeSocket.all.length;
const first = () => FakeSocket.all[0] as FakeSocket;

describe("an early socket", () => {
  beforeEach(() => {
    FakeSocket.all.length = 0;
    vi.stubGlobal("WebSocket", FakeSocket);
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is taken once, by the first who wants one to the same place", () => {
    openEarly(HERE);
    expect(socketTo(HERE)).toBe(first());
    expect(first().binaryType).toBe("arraybuffer");
    expect(socketTo(HERE)).not.toBe(first());
    expect(opened()).toBe(2);
  });

  it("of another board, or one that has ended, is not taken", () => {
    openEarly(HERE);
    expect(socketTo("ws://localhost/api/boards/there-123/socket")).not.toBe(first());
    for (const state of [2, 3]) {
      openEarly(HERE);
      const early = FakeSocket.all.at(-1) as FakeSocket;
      early.readyState = state;
      expect(socketTo(HERE)).not.toBe(early);
    }
  });

  it("tells that it is open, once: after whoever asked for it has it, or when it opens", async () => {
    for (const isOpen of [true, false]) {
      openEarly(HERE);
      const early = FakeSocket.all.at(-1) as FakeSocket;
      early.readyState = Number(isOpen);
      const said: string[] = [];
      webSocketTo(HERE)({ opened: () => said.push("opened"), received() {}, closed() {} });
      said.push("asked");
      await Promise.resolve();
      if (!isOpen) early.onopen?.();
      expect(said).toEqual(["asked", "opened"]);
    }
  });

  it("that fails is told of like any other", () => {
    openEarly(HERE);
    const codes: number[] = [];
    webSocketTo(HERE)({ opened() {}, received() {}, closed: (code) => codes.push(code) });
    first().onclose?.({ code: 1006 });
    expect(codes).toEqual([1006]);
  });
});
