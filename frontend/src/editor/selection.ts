import type { Element } from "../generated/protocol";

/**
 * Which elements are one unit with `element` for somebody who has entered the group `entered`.
 *
 * Groups are listed innermost first. Outside, the outermost group is the unit; inside a group, the group one
 * level further in; in the innermost, the element itself.
 */
export function unitGroupOf(element: Element, entered: string | null): string | null {
  const { groups } = element;
  if (entered === null) return groups.at(-1) ?? null;
  const level = groups.indexOf(entered);
  // Somebody clicks outside of the group they are in.
  if (level < 0) return groups.at(-1) ?? null;
  return level === 0 ? null : (groups[level - 1] ?? null);
}

/** The ids selected with `element`: its group's, or itself. */
export function unitOf(
  element: Element,
  entered: string | null,
  membersOf: (group: string) => Iterable<Element>,
): Set<string> {
  const group = unitGroupOf(element, entered);
  if (group === null) return new Set([element.id]);
  const ids = new Set<string>();
  for (const member of membersOf(group)) if (!member.locked) ids.add(member.id);
  ids.add(element.id);
  return ids;
}

/** The selection after Shift+click: the unit goes out if all of it was in, else all of it comes in. */
export function toggled(selection: ReadonlySet<string>, unit: ReadonlySet<string>): Set<string> {
  const all = [...unit].every((id) => selection.has(id));
  const next = new Set(selection);
  for (const id of unit) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

export function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}

export function firstOf(ids: ReadonlySet<string>, count: number): string[] {
  const first: string[] = [];
  for (const id of ids) {
    if (first.length === count) break;
    first.push(id);
  }
  return first;
}
