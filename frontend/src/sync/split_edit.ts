import { MAX_FRAME_BYTES, MAX_OPS } from "../generated/limits";
import type { Op } from "../generated/protocol";
import { sizeOf } from "../wire/codec";

/** Ids, numbers and list heads around the ops of a push; generous. */
const ENVELOPE_BYTES = 256;

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
      room = MAX_FRAME_BYTES - ENVELOPE_BYTES;
    }
    current.push(op);
    room -= size;
  }
  return pushes;
}
