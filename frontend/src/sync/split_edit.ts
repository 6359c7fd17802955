import { MAX_FRAME_BYTES, MAX_OPS } from "../generated/limits";
import type { Op } from "../generated/protocol";
import { sizeOf } from "../wire/codec";

/** Below the 255 KiB that the server takes (rule C8), with room for what stands around the ops. */
const PUSH_BYTES = MAX_FRAME_BYTES - 8 * 1024;

/** The ops in as few pushes as the limits allow, in order. */
export function splitEdit(ops: readonly Op[]): Op[][] {
  const pushes: Op[][] = [];
  let current: Op[] = [];
  let room = 0;
  for (const op of ops) {
    const size = sizeOf(op);
    if (current.length === 0 || current.length === MAX_OPS || size > room) {
      current = [];
      pushes.push(current);
      room = PUSH_BYTES;
    }
    current.push(op);
    room -= size;
  }
  return pushes;
}
