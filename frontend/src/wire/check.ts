/**
 * What a received value must be before the rest of the page may trust its type.
 *
 * The server has bounded every number and length already; this guards against a newer server and a damaged
 * journal, so it looks at shapes: a record that fails is skipped and counted, and the board goes on.
 */
import {
  type Commit,
  DEFAULTS,
  type Op,
  type PeerLive,
  PROPERTIES,
  type SnapshotRecord,
  type Who,
  type WireElement,
} from "../generated/protocol";

type Unknown = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

export const isString: Check = (value) => typeof value === "string";
export const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
export const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const isBytes: Check = (value) => value instanceof Uint8Array;
const isBoolean: Check = (value) => typeof value === "boolean";

export function isMap(value: unknown): value is Unknown {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  );
}

function numbers(length: number): Check {
  return (value) => Array.isArray(value) && value.length === length && value.every(isNumber);
}

function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

const isPlace = numbers(5);
const isBinding: Check = (value) =>
  isMap(value) &&
  isString(value.to) &&
  (value.at === undefined || orNull(numbers(2))(value.at)) &&
  (value.focus === undefined || isNumber(value.focus)) &&
  (value.gap === undefined || isNumber(value.gap));

/** By property; the rest follows from the type of the property's default. */
const SPECIAL: ReadonlyMap<string, Check> = new Map([
  ["place", isPlace],
  ["z", isString],
  ["points", isBytes],
  ["groups", listOf(isString)],
  ["start", orNull(isBinding)],
  ["end", orNull(isBinding)],
  ["natural", orNull(numbers(2))],
  ["crop", orNull(numbers(4))],
]);

const CHECKS: ReadonlyMap<string, Check> = new Map([
  ...Object.entries(DEFAULTS).map(([name, value]): [string, Check] => {
    if (typeof value === "number") return [name, isNumber];
    return [name, typeof value === "boolean" ? isBoolean : isString];
  }),
  ...SPECIAL,
]);

const TYPES: ReadonlySet<unknown> = new Set(Object.keys(PROPERTIES));

function areProps(value: Unknown): boolean {
  for (const name in value) {
    const check = CHECKS.get(name);
    if (check !== undefined && value[name] !== undefined && !check(value[name])) return false;
  }
  return true;
}

export function isWireElement(value: unknown): value is WireElement {
  return (
    isMap(value) &&
    TYPES.has(value.type) &&
    isString(value.id) &&
    isPlace(value.place) &&
    isString(value.z) &&
    areProps(value)
  );
}

export function isOp(value: unknown): value is Op {
  if (!Array.isArray(value)) return false;
  switch (value[0]) {
    case "put":
      return isWireElement(value[1]);
    case "set":
      return isString(value[1]) && isMap(value[2]) && areProps(value[2]);
    case "delete":
    case "title":
      return isString(value[1]);
    default:
      return false;
  }
}

/** The envelope only: its ops are judged one by one, because a commit that is left out would be a gap. */
export function isCommit(value: unknown): value is Commit {
  return (
    Array.isArray(value) &&
    isCount(value[0]) &&
    isNumber(value[1]) &&
    isString(value[2]) &&
    isString(value[3]) &&
    isCount(value[4]) &&
    isString(value[5]) &&
    Array.isArray(value[6])
  );
}

/** Of a merged commit the pushes it holds; its ops are judged one by one. */
export const arePushes: Check = listOf(
  (value) => Array.isArray(value) && isString(value[0]) && isCount(value[1]),
);

export function isAuthoredOp(value: unknown): value is readonly [Op, readonly number[]] {
  return Array.isArray(value) && isOp(value[0]) && listOf(isCount)(value[1]);
}

export function isRecord(value: unknown): value is SnapshotRecord {
  return (
    Array.isArray(value) &&
    isCount(value[0]) &&
    isWireElement(value[1]) &&
    orNull(isBytes)(value[2]) &&
    orNull(isString)(value[3])
  );
}

function isWho(value: unknown): value is Who {
  return Array.isArray(value) && value.length >= 4 && value.slice(0, 4).every(isString);
}

const isInk: Check = (value) =>
  isMap(value) &&
  isString(value.id) &&
  isCount(value.offset) &&
  isBytes(value.data) &&
  (value.element === undefined || value.element === null || isWireElement(value.element));

const isMove: Check = (value) => Array.isArray(value) && isString(value[0]) && isPlace(value[1]);

const isLaser: Check = (value) =>
  isMap(value) &&
  isCount(value.trail) &&
  (value.first === undefined || isCount(value.first)) &&
  (value.points === undefined || isBytes(value.points));

const LIVE: ReadonlyMap<string, Check> = new Map([
  ["cursor", orNull(numbers(2))],
  ["selection", orNull(listOf(isString))],
  ["viewport", orNull(numbers(4))],
  ["tool", orNull(isString)],
  ["ink", listOf(isInk)],
  ["ended", listOf(isString)],
  ["drafts", orNull(listOf(isWireElement))],
  ["moves", orNull(listOf(isMove))],
  ["laser", orNull(isLaser)],
  ["spotlight", orNull(isCount)],
  ["following", orNull(isString)],
  ["availability", orNull(isString)],
]);

export function isPeerLive(value: unknown): value is PeerLive {
  if (!Array.isArray(value) || !isString(value[0]) || !orNull(isWho)(value[1])) return false;
  const state: unknown = value[2];
  if (!isMap(state)) return false;
  for (const [name, check] of LIVE) {
    if (state[name] !== undefined && !check(state[name])) return false;
  }
  return true;
}
