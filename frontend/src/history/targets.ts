import { sameValue } from "../document/same_value";
import { toWire } from "../document/wire_element";
import { type Element, type Op, PROPERTIES, type Props } from "../generated/protocol";

/** The title's place among the elements; no element has this id. */
export const TITLE = "";

/**
 * What a step of undo makes of one element: gone, whole again, or with some properties as before. A title becomes what
 * it `was`, if it is still the one that was `given`: who gave it another since keeps theirs.
 */
export type Target =
  | { readonly kind: "title"; readonly was: string; readonly given: string }
  | { readonly kind: "absent" }
  | { readonly kind: "whole"; readonly element: Element }
  | { readonly kind: "props"; readonly props: Props };

export type Targets = ReadonlyMap<string, Target>;

export type Lookup = (id: string) => Element | undefined;

/** The targets that lead from `after` back to `before`, for those of `ids` that differ. */
export function targetsBetween(ids: Iterable<string>, before: Lookup, after: Lookup): Targets {
  const targets = new Map<string, Target>();
  for (const id of ids) {
    const was = before(id);
    const is = after(id);
    if (was === is) continue;
    if (was === undefined) targets.set(id, { kind: "absent" });
    else if (is === undefined) targets.set(id, { kind: "whole", element: was });
    else {
      const props = valuesOf(was, changedProperties(was, is));
      if (Object.keys(props).length > 0) targets.set(id, { kind: "props", props });
    }
  }
  return targets;
}

/** The targets of two steps made one: where both speak of a property, the earlier knows what was there. */
export function mergeTargets(earlier: Targets, later: Targets): Targets {
  const merged = new Map(earlier);
  for (const [id, target] of later) {
    const first = merged.get(id);
    if (first === undefined) merged.set(id, target);
    else if (first.kind === "title" && target.kind === "title") {
      merged.set(id, { ...first, given: target.given });
    } else if (first.kind === "props" && target.kind === "props") {
      merged.set(id, { kind: "props", props: { ...target.props, ...first.props } });
    } else if (first.kind === "props" && target.kind === "whole") {
      merged.set(id, { kind: "whole", element: { ...target.element, ...first.props } as Element });
    }
  }
  return merged;
}

/** The ops that reach `targets` from the document as it is; elements that others took away stay away. */
export function opsToward(targets: Targets, document: Lookup, title?: string): Op[] {
  const ops: Op[] = [];
  for (const [id, target] of targets) {
    if (target.kind === "title") {
      const { was, given } = target;
      if (title === given && was !== given) ops.push(["title", was]);
      continue;
    }
    const now = document(id);
    if (target.kind === "absent") {
      if (now !== undefined) ops.push(["delete", id]);
    } else if (target.kind === "whole") {
      if (now === undefined) ops.push(["put", toWire(target.element)]);
      else ops.push(...settingWhatDiffers(now, target.element));
    } else if (now !== undefined) {
      const props = differing(now, target.props);
      if (Object.keys(props).length > 0) ops.push(["set", id, props]);
    }
  }
  return ops;
}

/** The target without the properties `names`; nothing when no wish is left. */
export function withoutProperties(target: Target, names: ReadonlySet<string>): Target | undefined {
  // To delete or to restore an element speaks of all its properties, so any of them ends the wish.
  if (target.kind !== "props") return names.size === 0 ? target : undefined;
  const left = Object.entries(target.props).filter(([name]) => !names.has(name));
  if (left.length === Object.keys(target.props).length) return target;
  return left.length === 0 ? undefined : { kind: "props", props: Object.fromEntries(left) };
}

export function changedProperties(before: Element, after: Element): Set<string> {
  const names = new Set<string>();
  for (const name of PROPERTIES[after.type]) {
    if (!sameValue(property(before, name), property(after, name))) names.add(name);
  }
  return names;
}

function property(element: Element, name: string): unknown {
  return (element as unknown as Record<string, unknown>)[name];
}

function valuesOf(element: Element, names: Iterable<string>): Props {
  const values: Record<string, unknown> = {};
  for (const name of names) values[name] = property(element, name);
  return values as Props;
}

function differing(element: Element, props: Props): Props {
  const wanted = Object.entries(props).filter(
    ([name, value]) => !sameValue(property(element, name), value),
  );
  return Object.fromEntries(wanted) as Props;
}

/** Deleted and put again within one gesture: the element is there, but not as it was. */
function settingWhatDiffers(now: Element, wanted: Element): Op[] {
  const names = now.type === wanted.type ? changedProperties(now, wanted) : new Set<string>();
  return names.size === 0 ? [] : [["set", now.id, valuesOf(wanted, names)]];
}
