import { type Target, targetsBetween } from "../history/targets";
import type { Replica } from "../sync/replica";
import type { Rewind } from "../sync/replica_events";

/**
 * What leads from the server's board back to what was here.
 *
 * An element that is different there may have been changed by others since, unless the board is older.
 */
export function lostTargets({ older, was }: Rewind, replica: Replica): Map<string, Target> {
  const { confirmed } = replica;
  const back = targetsBetween(
    was.keys(),
    (id) => was.get(id),
    (id) => confirmed.get(id),
  );
  return new Map([...back].filter(([, { kind }]) => older || kind === "whole"));
}
