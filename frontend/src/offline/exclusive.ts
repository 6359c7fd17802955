/** Names that only one open page at a time can hold; a page that dies lets go. */
export interface Exclusive {
  /** Resolves to how to let go, or to null while somebody else holds it. */
  tryHold(name: string): Promise<(() => void) | null>;
}

/** The Web Locks API: exact, and free the moment a page is gone. Exists on https and localhost only. */
export function webLocks(locks: LockManager): Exclusive {
  return {
    tryHold: (name) =>
      new Promise((resolve) => {
        const held = locks.request(name, { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(null);
            return undefined;
          }
          return new Promise<void>((release) => resolve(release));
        });
        held.catch(() => resolve(null));
      }),
  };
}
