import type { Element, Op, Props } from "../generated/protocol";
import { PROPERTIES } from "../generated/protocol";
import type { ReadonlyDocument } from "./change_set";
import { BoardDocument } from "./document";
import { idOf } from "./rules";
import { sameValue } from "./same_value";
import { toWire } from "./wire_element";

/** The ops that lead from the document after `ops` back to the document as it is now. */
export function inverseOf(document: ReadonlyDocument, ops: readonly Op[]): Op[] {
  const touched = new Set<string>();
  for (const op of ops) if (op[0] !== "title") touched.add(idOf(op));
  const before = [...touched].flatMap((id) => document.get(id) ?? []);
  const after = new BoardDocument(before, document.title);
  after.apply(ops);
  const back: Op[] = [];
  for (const id of touched) back.push(...wayBack(after.get(id), document.get(id)));
  if (after.title !== document.title) back.push(["title", document.title]);
  return back;
}

function wayBack(from: Element | undefined, to: Element | undefined): Op[] {
  if (from === to) return [];
  if (from === undefined) return to === undefined ? [] : [["put", toWire(to)]];
  if (to === undefined) return [["delete", from.id]];
  if (from.type !== to.type) {
    return [
      ["delete", from.id],
      ["put", toWire(to)],
    ];
  }
  const props: Record<string, unknown> = {};
  const [is, was] = [from, to] as unknown as Readonly<Record<string, unknown>>[];
  for (const name of PROPERTIES[to.type]) {
    if (!sameValue(is?.[name], was?.[name])) props[name] = was?.[name];
  }
  return Object.keys(props).length === 0 ? [] : [["set", to.id, props as Props]];
}
