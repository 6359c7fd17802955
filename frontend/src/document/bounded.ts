/**
 * Makes an op one that the server takes: numbers within their bounds, text within its length.
 *
 * A push that the server cannot read closes the connection for good, so nothing of that kind may leave, whatever a
 * pasted file or a slip in the editor made of it. The bounds are those of `backend/inkwire/protocol/scalars.py`;
 * `tests/vectors/bounds.json` holds the two equal.
 */
import {
  MAX_GROUPS,
  MAX_LINK,
  MAX_ORDER_KEY,
  MAX_POINTS_BYTES,
  MAX_TEXT,
  MAX_TITLE,
} from "../generated/limits";
import { DEFAULTS, type Op, PROPERTIES, type Props, type WireElement } from "../generated/protocol";
import { asLabel } from "./label";

type Range = readonly [low: number, high: number];
/** A bounded value, or undefined where nothing of it can be kept. */
type Bound = (value: unknown) => unknown;

const WORLD: Range = [-1e7, 1e7];
const ANCHOR: Range = [-100, 100];
const SHARE: Range = [0, 1];

export const BOUNDS = {
  coordinate: WORLD,
  extent: WORLD,
  angle: [-7, 7],
  unit: SHARE,
  anchor: ANCHOR,
  gap: [0, 1e5],
  strokeWidth: [0.1, 256],
  fontSize: [1, 2000],
  lineHeight: [0.5, 4],
  roughness: [0, 4],
  seed: [0, 2 ** 31 - 1],
} as const satisfies Readonly<Record<string, Range>>;

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const ORDER_KEY = /^[0-9A-Za-z]+$/;
const COLOUR = /^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/;
export const LINK = /^(https?|mailto):[^\0-\x20]*$/;
const FILE = /^[0-9a-f]{64}$/;
const TURN = 2 * Math.PI;

/** The op with every value within bounds; undefined if nothing of it could be sent. */
export function boundedOp(op: Op): Op | undefined {
  switch (op[0]) {
    case "put": {
      const element = boundedElement(op[1]);
      return element && ["put", element];
    }
    case "set": {
      if (!ID.test(op[1])) return undefined;
      const props = boundedProps(op[2], Object.keys(op[2]));
      return Object.keys(props).length === 0 ? undefined : ["set", op[1], props];
    }
    case "delete":
      return ID.test(op[1]) ? op : undefined;
    case "title":
      return ["title", asLabel(op[1], MAX_TITLE)];
  }
}

/** The element within bounds and without its defaults; undefined if it lacks what it cannot be without. */
export function boundedElement(wire: WireElement): WireElement | undefined {
  const properties = PROPERTIES[wire.type];
  if (properties === undefined || !ID.test(wire.id)) return undefined;
  const props = boundedProps(wire, properties);
  if (props.place === undefined || props.z === undefined) return undefined;
  if (properties.includes("points") && props.points === undefined) return undefined;
  return { type: wire.type, id: wire.id, ...props } as WireElement;
}

function boundedProps(props: Props, names: readonly string[]): Props {
  const given = props as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  for (const name of names) {
    const bound = PROPERTY_BOUNDS.get(name);
    if (bound === undefined || given[name] === undefined) continue;
    const value = bound(given[name]);
    if (value !== undefined) kept[name] = value;
  }
  return kept as Props;
}

function within([low, high]: Range): Bound {
  return (value) => {
    if (typeof value !== "number" || Number.isNaN(value)) return undefined;
    return Math.min(high, Math.max(low, value));
  };
}

/** A turn more or less looks the same. */
const angle: Bound = (value) => {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Math.abs(value) <= BOUNDS.angle[1] ? value : value % TURN;
};

function all(...bounds: readonly Bound[]): Bound {
  return (value) => {
    if (!Array.isArray(value) || value.length !== bounds.length) return undefined;
    const items = bounds.map((bound, i) => bound(value[i]));
    return items.includes(undefined) ? undefined : items;
  };
}

function orNull(bound: Bound): Bound {
  return (value) => (value === null ? null : bound(value));
}

function matching(pattern: RegExp, empty = false): Bound {
  return (value) =>
    typeof value === "string" && (pattern.test(value) || (empty && value === ""))
      ? value
      : undefined;
}

function text(length: number): Bound {
  return (value) => (typeof value === "string" ? cut(value, length) : undefined);
}

/** Whole characters, and none that UTF-8 cannot carry: half a surrogate pair becomes U+FFFD. */
function cut(value: string, length: number): string {
  return value.slice(0, length).replace(/\p{Surrogate}/gu, "\ufffd");
}

function ofType(type: "boolean" | "string"): Bound {
  return (value) => (typeof value === type ? value : undefined);
}

const anchor = within(BOUNDS.anchor);

const binding: Bound = (value) => {
  if (typeof value !== "object" || value === null) return undefined;
  const { to, at, focus, gap } = value as Readonly<Record<string, unknown>>;
  if (typeof to !== "string" || !ID.test(to)) return undefined;
  const bounded = {
    at: all(anchor, anchor)(at),
    focus: anchor(focus),
    gap: within(BOUNDS.gap)(gap),
  };
  return {
    to,
    ...Object.fromEntries(Object.entries(bounded).filter(([, item]) => item !== undefined)),
  };
};

const coordinate = within(BOUNDS.coordinate);
const extent = within(BOUNDS.extent);
const unit = within(BOUNDS.unit);
const colour = matching(COLOUR);
const optionalId = matching(ID, true);

const PROPERTY_BOUNDS: ReadonlyMap<string, Bound> = new Map<string, Bound>([
  // What has no bounds of its own is a word out of a list or a yes or no, which the types keep right.
  ...Object.entries(DEFAULTS).map(([name, value]): [string, Bound] => [
    name,
    ofType(typeof value === "boolean" ? "boolean" : "string"),
  ]),
  ["place", all(coordinate, coordinate, extent, extent, angle)],
  [
    "z",
    (value) =>
      matching(ORDER_KEY)(typeof value === "string" ? value.slice(0, MAX_ORDER_KEY) : value),
  ],
  ["opacity", unit],
  [
    "groups",
    (value) =>
      Array.isArray(value)
        ? value.filter((id) => typeof id === "string" && ID.test(id)).slice(0, MAX_GROUPS)
        : undefined,
  ],
  ["frame", optionalId],
  ["container", optionalId],
  [
    "link",
    (value) => matching(LINK, true)(typeof value === "string" ? cut(value, MAX_LINK) : value),
  ],
  ["color", colour],
  ["fill", colour],
  ["strokeWidth", within(BOUNDS.strokeWidth)],
  ["roughness", within(BOUNDS.roughness)],
  ["seed", (value) => (Number.isSafeInteger(value) ? within(BOUNDS.seed)(value) : undefined)],
  [
    "points",
    (value) =>
      value instanceof Uint8Array && value.length <= MAX_POINTS_BYTES ? value : undefined,
  ],
  ["start", orNull(binding)],
  ["end", orNull(binding)],
  ["text", text(MAX_TEXT)],
  ["name", (value) => (typeof value === "string" ? asLabel(value, MAX_TITLE) : undefined)],
  ["fontSize", within(BOUNDS.fontSize)],
  ["lineHeight", within(BOUNDS.lineHeight)],
  ["file", matching(FILE, true)],
  ["natural", orNull(all(extent, extent))],
  ["crop", orNull(all(unit, unit, unit, unit))],
]);
