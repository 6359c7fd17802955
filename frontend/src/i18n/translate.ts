import { en } from "./en";

export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number>>;

const plural = new Intl.PluralRules("en");

/**
 * The words for `key`. `{name}` takes the value of that name; `{n|one|many}` chooses by number.
 *
 * The build puts most words where they are asked for (`bundling/words_in_place.ts`): there `key` is the words already.
 */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return (en[key] ?? key).replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one, many) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined) return String(value);
      return plural.select(Number(value)) === "one" ? one : many;
    },
  );
}

/** Whether `key` has words: for names that come from data, such as a command's. */
export function hasWords(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
