import { signal } from "@preact/signals-core";
import { asLabel } from "../document/label";
import { MAX_NAME } from "../generated/limits";
import { PERSON_COLORS } from "../theme/palette";
import { randomId } from "./random_id";
import { lasting, ofThisTab, readJson } from "./storage";

/** Who draws in this browser. */
export interface Me {
  readonly person: string;
  readonly name: string;
  readonly color: string;
}

const PERSON_KEY = "inkwire.person";
const SESSION_KEY = "inkwire.session";

const ADJECTIVES =
  "Amber Brave Bright Calm Clever Coral Gentle Golden Happy Jolly Kind Lively Lucky Merry Nimble Quiet Rosy Silver Sunny Swift Warm Witty";
const ANIMALS =
  "Badger Beaver Crane Dolphin Falcon Finch Fox Hare Heron Ibis Koala Lark Lynx Marten Otter Owl Panda Puffin Robin Seal Swan Wren";

function isMe(value: unknown): value is Me {
  const me = value as Partial<Me> | null;
  return (
    typeof me === "object" &&
    me !== null &&
    /^[A-Za-z0-9_-]{8,32}$/.test(me.person ?? "") &&
    typeof me.name === "string" &&
    me.name === asLabel(me.name, MAX_NAME) &&
    /^#[0-9a-f]{6}$/.test(me.color ?? "")
  );
}

function anyOf<T>(choices: readonly T[]): T {
  const [dice = 0] = crypto.getRandomValues(new Uint32Array(1));
  return choices[dice % choices.length] as T;
}

function firstVisit(): Me {
  return {
    person: randomId(),
    name: `${anyOf(ADJECTIVES.split(" "))} ${anyOf(ANIMALS.split(" "))}`,
    color: anyOf(PERSON_COLORS),
  };
}

/** The person of this browser: a friendly name and a colour until they choose their own. */
export const me = signal<Me>(readJson(lasting, PERSON_KEY, isMe) ?? firstVisit());
lasting.write(PERSON_KEY, JSON.stringify(me.value));

// Another tab of this browser is the same person: a name chosen there is theirs here too.
addEventListener("storage", ({ key }) => {
  if (key !== PERSON_KEY) return;
  const changed = readJson(lasting, PERSON_KEY, isMe);
  if (changed?.person === me.value.person) me.value = changed;
});

export function rename(name: string, color: string): void {
  const trimmed = asLabel(name, MAX_NAME).trim();
  me.value = { ...me.value, name: trimmed || me.value.name, color };
  lasting.write(PERSON_KEY, JSON.stringify(me.value));
}

/**
 * The secret of this open page, the same after a reload, so that the server knows the old socket is over.
 *
 * It is taken out of the tab's storage while the page lives: a duplicated tab copies that storage, and two
 * pages with one session would push each other out.
 */
export function sessionOfThisPage(): string {
  const kept = ofThisTab.read(SESSION_KEY);
  ofThisTab.remove(SESSION_KEY);
  const session = kept && /^[A-Za-z0-9_-]{16,64}$/.test(kept) ? kept : randomId(24);
  addEventListener("pagehide", () => ofThisTab.write(SESSION_KEY, session));
  // The same page comes back out of the browser's history cache.
  addEventListener("pageshow", () => ofThisTab.remove(SESSION_KEY));
  return session;
}
