import type { ActivityEvent, PersonHere } from "../ui/activity/activity_model";

/** Who hears what the feed tells. */
export interface FeedListener {
  event(event: ActivityEvent): void;
  present(people: readonly PersonHere[]): void;
  /** What was told before is not the board's past; everything comes again. */
  reset(): void;
  state(state: "live" | "offline"): void;
  /** The board is not to be read, or not any more: the feed has ended. */
  refused(status: number): void;
}

/** What the feed needs of the browser. */
export interface FeedPorts {
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** Resolves after so long, or sooner when the network is back. */
  pause(ms: number): Promise<void>;
  /** Calls back after so long without another call. */
  watch(ms: number, expired: () => void): { again(): void; stop(): void };
  random(): number;
}

type Line =
  | { readonly type: "reset" | "alive"; readonly id: string }
  | { readonly type: "present"; readonly id: string; readonly people: readonly PersonHere[] }
  | ActivityEvent;

/** The server gives a sign of life at least every 15 s. */
const SILENT_MS = 40_000;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** Reads a board's activity for as long as the page lives, and goes on where a lost connection stopped. */
export async function followActivity(
  board: { readonly id: string; readonly token: string },
  listener: FeedListener,
  ports: FeedPorts,
): Promise<void> {
  let last = "";
  let failures = 0;
  for (;;) {
    const aborter = new AbortController();
    const watch = ports.watch(SILENT_MS, () => aborter.abort());
    try {
      const headers: Record<string, string> = {
        Accept: "application/x-ndjson",
        Authorization: `Bearer ${board.token}`,
      };
      if (last !== "") headers["Last-Event-ID"] = last;
      const path = `/api/boards/${board.id}/activity?since=0`;
      const response = await ports.fetch(path, {
        headers,
        signal: aborter.signal,
        cache: "no-store",
      });
      if ([401, 403, 404].includes(response.status)) {
        listener.refused(response.status);
        return;
      }
      if (!response.ok || response.body === null) throw new Error(String(response.status));
      listener.state("live");
      for await (const line of linesOf(response.body)) {
        watch.again();
        failures = 0;
        tell(line, listener);
        last = line.id;
      }
    } catch {
      // Cut off, refused, silent: what was told counts, the rest comes next time.
    } finally {
      watch.stop();
      aborter.abort();
    }
    listener.state("offline");
    const longest = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures++);
    await ports.pause(PAUSE_MS / 4 + ports.random() * longest);
  }
}

function tell(line: Line, listener: FeedListener): void {
  switch (line.type) {
    case "alive":
      return;
    case "reset":
      listener.reset();
      return;
    case "present":
      listener.present(line.people);
      return;
    default:
      listener.event(line);
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}
