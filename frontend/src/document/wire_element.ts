import {
  type Binding,
  DEFAULTS,
  type Element,
  type ElementType,
  PROPERTIES,
  type Props,
  type WireElement,
} from "../generated/protocol";
import { sameValue } from "./same_value";

type Values = Record<string, unknown>;

const NO_POINTS = new Uint8Array(0);
const DEFAULT_VALUES: Readonly<Values> = { ...DEFAULTS, points: NO_POINTS };
const PROPERTY_SETS = new Map<ElementType, ReadonlySet<string>>(
  Object.entries(PROPERTIES).map(([type, names]) => [type as ElementType, new Set(names)]),
);

/** The element with every property of its type present; properties that the type lacks are dropped. */
export function resolve(wire: WireElement): Element {
  const given = wire as unknown as Readonly<Values>;
  const element: Values = { type: wire.type, id: wire.id };
  // Always in the same order, so that all elements of a type share one hidden class.
  for (const name of PROPERTIES[wire.type]) {
    const value = given[name];
    element[name] = value === undefined ? DEFAULT_VALUES[name] : settled(name, value);
  }
  return element as unknown as Element;
}

/** The same of a snapshot's record, which brings what is large beside the rest; null is nothing. */
export function resolveRecord(
  wire: WireElement,
  points: Uint8Array | null,
  text: string | null,
): Element {
  const element = resolve(wire) as unknown as Values;
  if (points !== null && "points" in element) element.points = settled("points", points);
  if (text !== null && "text" in element) element.text = text;
  return element as unknown as Element;
}

/** The element as it travels: properties at their defaults are left out. */
export function toWire(element: Element): WireElement {
  const values = element as unknown as Readonly<Values>;
  const wire: Values = { type: element.type, id: element.id };
  for (const name of PROPERTIES[element.type]) {
    if (!(name in DEFAULTS) || !sameValue(values[name], DEFAULT_VALUES[name])) {
      wire[name] = values[name];
    }
  }
  return wire as unknown as WireElement;
}

/** The element with the properties that its type has; the same object if none of them differs. */
export function withProps(element: Element, props: Props): Element {
  const known = PROPERTY_SETS.get(element.type);
  const values = element as unknown as Readonly<Values>;
  let changed: Values | undefined;
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || known?.has(name) !== true) continue;
    const next = settled(name, value);
    if (sameValue(values[name], next)) continue;
    changed ??= { ...values };
    changed[name] = next;
  }
  return (changed ?? values) as unknown as Element;
}

/** Whether two elements are the same in every property. */
export function sameElement(a: Element, b: Element): boolean {
  if (a === b) return true;
  if (a.id !== b.id || a.type !== b.type) return false;
  const left = a as unknown as Readonly<Values>;
  const right = b as unknown as Readonly<Values>;
  return PROPERTIES[a.type].every((name) => sameValue(left[name], right[name]));
}

/** The one form of a value that can be written in several ways, in memory of its own. */
function settled(name: string, value: unknown): unknown {
  if ((name === "start" || name === "end") && value !== null)
    return settledBinding(value as Binding);
  if (value instanceof Uint8Array && value.byteLength !== value.buffer.byteLength) {
    // A view into a frame would keep the frame in memory, and be copied whole to workers and the journal.
    return value.slice();
  }
  return value;
}

function settledBinding({ to, at, focus, gap }: Binding): Binding {
  return {
    to,
    ...(at === undefined || at === null ? {} : { at }),
    ...(focus === undefined || focus === 0 ? {} : { focus }),
    ...(gap === undefined || gap === 0 ? {} : { gap }),
  };
}
