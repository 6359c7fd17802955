import type { Clock } from "../sync/ports";
import type { Database } from "./database";
import type { Exclusive } from "./exclusive";

/** How long a lease holds without being renewed; a closed page's work is taken over after this. */
export const LEASE_MS = 6_000;
/** Three chances to renew before it ends. */
const RENEW_MS = LEASE_MS / 3;
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Leases in the database, for pages without the Web Locks API. A page whose timers the browser holds back may lose one
 * while it lives; nothing is lost or doubled then, because pushes keep their numbers and the server knows them.
 */
export function leases(
  database: Database,
  clock: Clock,
  wallClock: () => number,
  holder: string,
): Exclusive {
  void sweep(database, wallClock()).catch(() => undefined);
  const write = async (name: string, until: number): Promise<boolean> => {
    const transaction = database.transaction("leases", "readwrite");
    const known = await transaction.store.get(name);
    const free = known === undefined || known.holder === holder || known.until <= wallClock();
    if (free) await transaction.store.put({ name, holder, until });
    await transaction.done;
    return free;
  };
  return {
    async tryHold(name) {
      if (!(await write(name, wallClock() + LEASE_MS))) return null;
      let released = false;
      let cancel = () => {};
      const renewLater = () => {
        if (released) return;
        cancel = clock.later(RENEW_MS, () => {
          write(name, wallClock() + LEASE_MS).then(renewLater, renewLater);
        });
      };
      renewLater();
      return () => {
        released = true;
        cancel();
        database.delete("leases", name).catch(() => undefined);
      };
    },
  };
}

/** Leases that ended long ago belong to pages that nobody will ask for. */
async function sweep(database: Database, now: number): Promise<void> {
  const transaction = database.transaction("leases", "readwrite");
  for (const { name, until } of await transaction.store.getAll()) {
    if (until < now - KEPT_MS) await transaction.store.delete(name);
  }
  await transaction.done;
}
