import { toWire } from "../document/wire_element";
import type { Element } from "../generated/protocol";
import type { Editor } from "./editor";

/** Shows a shape that is being drawn, here and to others; null takes it away. */
export function showDraft({ ports }: Editor, element: Element | null): void {
  const drafts = element === null ? [] : [element];
  ports.stage.setDrafts(drafts);
  ports.live({ drafts: drafts.map(toWire) });
}
