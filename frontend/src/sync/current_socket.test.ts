import { expect, test } from "vitest";
import { CurrentSocket } from "./current_socket";
import type { SocketEvents } from "./ports";

interface Opened {
  readonly events: SocketEvents;
  readonly codes: number[];
}

/** A holder whose current socket is the one opened last, with what it opened and what it heard. */
function holder(fails = false) {
  const opened: Opened[] = [];
  const heard: unknown[] = [];
  let current = 0;
  const sockets = new CurrentSocket(
    (events) => {
      if (fails) throw new Error("no such address");
      const codes: number[] = [];
      opened.push({ events, codes });
      return { send: () => {}, close: (code) => codes.push(code), bufferedAmount: 0 };
    },
    {
      isCurrent: (socket) => socket === current,
      opened: (socket) => heard.push(["opened", socket]),
      received: (socket) => heard.push(["received", socket]),
      closed: (socket, code) => heard.push(["closed", socket, code]),
    },
  );
  const open = (socket: number) => {
    current = socket;
    sockets.open(socket);
  };
  return { opened, heard, open };
}

test("what an earlier socket says is not heard, and it is closed", () => {
  const { opened, heard, open } = holder();
  open(1);
  open(2);
  expect(opened.map(({ codes }) => codes)).toEqual([[1000], []]);
  for (const { events } of opened) {
    events.received(new ArrayBuffer(1));
    events.closed(1006);
  }
  expect(heard).toEqual([
    ["received", 2],
    ["closed", 2, 1006],
  ]);
});

test("a socket that cannot be made counts as closed", () => {
  const { heard, open } = holder(true);
  open(1);
  expect(heard).toEqual([["closed", 1, expect.any(Number)]]);
});
