import type { Element, Op, Retitle } from "../generated/protocol";
import { resolve, withProps } from "./wire_element";

/** An op that changes one element, and nothing else. */
export type ElementOp = Exclude<Op, Retitle>;

/** The id of the element that an op is about. */
export function idOf(op: ElementOp): string {
  return op[0] === "put" ? op[1].id : op[1];
}

/**
 * What an op makes of an element (docs/protocol.md, rules D1 to D9); `undefined` is no element.
 *
 * The same object comes back when nothing changes.
 */
export function afterOp(element: Element | undefined, op: ElementOp): Element | undefined {
  switch (op[0]) {
    case "put":
      return element ?? resolve(op[1]);
    case "set":
      return element && withProps(element, op[2]);
    case "delete":
      return undefined;
  }
}
