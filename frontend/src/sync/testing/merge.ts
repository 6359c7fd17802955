import { type ElementOp, idOf } from "../../document/rules";
import {
  type Commit,
  type Merged,
  type Props,
  TAG,
  type WireElement,
} from "../../generated/protocol";

type Authored = Merged[4][number];

/** What several ops do to one element: delete it, then put it, then set properties. */
interface Change {
  deletedBy: number | null;
  element: WireElement | null;
  putBy: number;
  sets: Map<string, unknown>;
  setBy: Map<number, Set<string>>;
}

/**
 * The front of `commits` as one, as the server makes it (`backend/inkwire/rooms/merging.py`); golden vectors hold the
 * two equal. It ends before a put that follows a set of the same element; null if that is at once.
 */
export function mergeOf(commits: readonly Commit[]): Merged | null {
  let made: Merged | null = null;
  for (let count = 1; count <= commits.length; count++) {
    const next = mergeOfAll(commits.slice(0, count));
    if (next === null) break;
    made = next;
  }
  return made;
}

function mergeOfAll(commits: readonly Commit[]): Merged | null {
  const changes = new Map<string, Change>();
  const pushes = new Map<string, number>();
  let title: Authored | null = null;
  for (const [, , , cid, n, , ops] of commits) {
    pushes.set(cid, n);
    const author = [...pushes.keys()].indexOf(cid);
    for (const op of ops) {
      if (op[0] === "title") title = [op, [author]];
      else if (!apply(changes, op, author)) return null;
    }
  }
  const ops = [...changes].flatMap(([id, change]) => opsOf(id, change));
  if (title !== null) ops.push(title);
  return [TAG.merged, commits[0]?.[0] ?? 0, commits.at(-1)?.[0] ?? 0, [...pushes], ops];
}

function apply(changes: Map<string, Change>, op: ElementOp, author: number): boolean {
  const id = idOf(op);
  const known = changes.get(id);
  const change = known ?? nothing();
  if (known === undefined) changes.set(id, change);
  if (op[0] === "delete") changes.set(id, { ...nothing(), deletedBy: author });
  else if (op[0] === "put") {
    if (change.element !== null) return true;
    if (change.sets.size > 0) return false;
    change.element = op[1];
    change.putBy = author;
  } else if (change.deletedBy === null || change.element !== null) {
    const names = change.setBy.get(author) ?? new Set();
    change.setBy.set(author, names);
    for (const [name, value] of Object.entries(op[2])) {
      change.sets.set(name, value);
      names.add(name);
    }
  }
  return true;
}

function opsOf(id: string, { deletedBy, element, putBy, sets, setBy }: Change): Authored[] {
  const ops: Authored[] = [];
  if (deletedBy !== null) ops.push([["delete", id], [deletedBy]]);
  if (element !== null) ops.push([["put", element], [putBy]]);
  const groups = new Map<string, { readonly by: number[]; readonly props: [string, unknown][] }>();
  for (const [name, value] of sets) {
    const by = [...setBy].filter(([, names]) => names.has(name)).map(([author]) => author);
    const group = groups.get(by.join()) ?? { by, props: [] };
    groups.set(by.join(), group);
    group.props.push([name, value]);
  }
  for (const { by, props } of groups.values()) {
    ops.push([["set", id, Object.fromEntries(props) as Props], by]);
  }
  return ops;
}

function nothing(): Change {
  return { deletedBy: null, element: null, putBy: 0, sets: new Map(), setBy: new Map() };
}
