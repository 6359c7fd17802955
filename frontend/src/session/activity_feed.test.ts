import { expect, test } from "vitest";
import type { ActivityEvent } from "../ui/activity/activity_model";
import { type FeedPorts, followActivity } from "./activity_feed";
import { sightOfEvent } from "./activity_place";

const BOARD = { id: "board-1234", token: "secret" };

function event(number: number): ActivityEvent {
  return { id: `e-${number}`, type: "drew", at: number, person: "ana", count: 1 };
}

function lines(...said: readonly unknown[]): string {
  return said.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** An answer that comes in pieces, which end anywhere. */
function inPieces(text: string): Response {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
    bytes.subarray(i * 7, i * 7 + 7),
  );
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  return new Response(body);
}

/** A server that gives these answers, one for each time it is asked, and then says that the board is gone. */
function world(answers: readonly (Response | Error)[]) {
  const asked: (string | null)[] = [];
  const told: string[] = [];
  const waiting = [...answers];
  const ports: FeedPorts = {
    async fetch(_, init) {
      asked.push(new Headers(init.headers).get("Last-Event-ID"));
      const answer = waiting.shift() ?? new Response("", { status: 404 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    pause: async () => undefined,
    watch: () => ({ again: () => undefined, stop: () => undefined }),
    random: () => 0.5,
  };
  const listener = {
    event: ({ id }: ActivityEvent) => void told.push(id),
    present: (people: readonly unknown[]) => void told.push(`present ${people.length}`),
    reset: () => void told.push("reset"),
    state: (state: string) => void told.push(state),
    refused: (status: number) => void told.push(`refused ${status}`),
  };
  return { asked, told, done: followActivity(BOARD, listener, ports) };
}

test("goes on after the last event where the connection was lost, also in the middle of a line", async () => {
  const torn = `${lines(event(1), { type: "present", id: "e-2", people: [{}] }, event(3))}{"id":"e-4"`;
  const { asked, told, done } = world([
    inPieces(torn),
    new TypeError("offline"),
    new Response("busy", { status: 503 }),
    new Response(lines({ type: "alive", id: "e-3" }, event(4))),
  ]);
  await done;
  expect(asked).toEqual([null, "e-3", "e-3", "e-3", "e-4"]);
  expect(told).toEqual([
    ...["live", "e-1", "present 1", "e-3", "offline"],
    ...["offline", "offline", "live", "e-4", "offline", "refused 404"],
  ]);
});

test("a reset replaces what was told", async () => {
  const { told, done } = world([
    new Response(lines(event(1), { type: "reset", id: "f-0" }, event(2))),
  ]);
  await done;
  expect(told).toEqual(["live", "e-1", "reset", "e-2", "offline", "refused 404"]);
});

test("an event leads to its elements, one of many and one of what is gone to its place", () => {
  const place = [100, 100, 2_000, 100] as const;
  const where = { kind: "view", x: 1_100, y: 150, zoom: 0.5 };
  expect(sightOfEvent({ ...event(1), elements: ["a", "b"], place })).toEqual({
    kind: "elements",
    ids: ["a", "b"],
  });
  expect(sightOfEvent({ ...event(1), place })).toEqual(where);
  expect(sightOfEvent({ ...event(1), type: "deleted", elements: ["a"], place })).toEqual(where);
  expect(sightOfEvent({ ...event(1), type: "joined" })).toBeNull();
});
