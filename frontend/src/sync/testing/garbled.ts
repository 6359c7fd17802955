import { decode, encode } from "@msgpack/msgpack";
import { type Commit, type ServerFrame, TAG } from "../../generated/protocol";

/** How a message is spoilt: what no frame is, half a frame, or a frame that says what is not so. */
export type Lie =
  | "noise"
  | "text"
  | "torn"
  | "unknown-tag"
  | "other-epoch"
  | "resumed"
  | "no-snapshot"
  | "ahead";

export const LIES: readonly Lie[] = [
  "noise",
  "text",
  "torn",
  "unknown-tag",
  "other-epoch",
  "resumed",
  "no-snapshot",
  "ahead",
];

/** A message from the server as a broken proxy or server has it; one that the lie is not about stays the same object. */
export function garbled(data: ArrayBuffer, lie: Lie): ArrayBuffer {
  const bytes = new Uint8Array(data);
  switch (lie) {
    case "noise":
      return new Uint8Array([1, 2, 3]).buffer;
    case "text":
      // What the page makes of a text message.
      return new ArrayBuffer(0);
    case "torn":
      return bytes.slice(0, bytes.length - 1).buffer;
    case "unknown-tag":
      return encode([99]).slice().buffer;
    default: {
      const frame = decode(bytes) as ServerFrame;
      const said = lying(frame, lie);
      return said === frame ? data : encode(said, { ignoreUndefined: true }).slice().buffer;
    }
  }
}

type Untrue = Exclude<Lie, "noise" | "text" | "torn" | "unknown-tag">;

function lying(frame: ServerFrame, lie: Untrue): ServerFrame {
  const [tag] = frame;
  if (lie === "other-epoch" && (tag === TAG.welcome || tag === TAG.ready)) {
    return frame.with(tag === TAG.welcome ? 2 : 1, "elsewhere") as unknown as ServerFrame;
  }
  if (lie === "resumed" && tag === TAG.welcome) {
    return frame.with(4, true) as unknown as ServerFrame;
  }
  // The greeting ends without the board it promised.
  if (lie === "no-snapshot" && tag === TAG.reset) return [TAG.pong, 0, 0];
  if (lie === "ahead" && tag === TAG.batch) {
    const commits = frame[1].map(([seq, ...rest]): Commit => [seq + 7, ...rest]);
    return [tag, commits, frame[2], frame[3]];
  }
  return frame;
}
