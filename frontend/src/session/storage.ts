/** Small strings kept in this browser; where storage is switched off, for as long as the page lives. */
export interface SmallStorage {
  read(key: string): string | null;
  write(key: string, value: string): void;
  remove(key: string): void;
}

export function smallStorage(from: () => Storage): SmallStorage {
  const instead = new Map<string, string>();
  return {
    read(key) {
      try {
        return from().getItem(key);
      } catch {
        return instead.get(key) ?? null;
      }
    },
    write(key, value) {
      try {
        from().setItem(key, value);
      } catch {
        instead.set(key, value);
      }
    },
    remove(key) {
      try {
        from().removeItem(key);
      } catch {
        instead.delete(key);
      }
    },
  };
}

export const lasting = smallStorage(() => localStorage);
export const ofThisTab = smallStorage(() => sessionStorage);

/** What `key` holds when it is JSON that `accepts` recognises, else null: anybody may have written there. */
export function readJson<T>(
  storage: SmallStorage,
  key: string,
  accepts: (value: unknown) => value is T,
): T | null {
  try {
    const value: unknown = JSON.parse(storage.read(key) ?? "null");
    return accepts(value) ? value : null;
  } catch {
    return null;
  }
}
