import type { Editor } from "../editor/editor";
import { withFollowers } from "../editor/followers";
import { boundsOfAll } from "../editor/selection_box";
import type { Element, Props } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { translatePlace } from "../geometry/place";

export type Side = "left" | "center" | "right" | "top" | "middle" | "bottom";

interface Unit {
  readonly elements: readonly Element[];
  readonly box: Box;
}

/** Brings the units of the selection onto one line of the box around all of them. */
export function align(editor: Editor, side: Side): void {
  const units = unitsOf(editor);
  const all = boundsOfAll(units.flatMap(({ elements }) => elements));
  move(editor, units, ({ box }) => {
    switch (side) {
      case "left":
        return { dx: all.minX - box.minX, dy: 0 };
      case "right":
        return { dx: all.maxX - box.maxX, dy: 0 };
      case "center":
        return { dx: (all.minX + all.maxX - box.minX - box.maxX) / 2, dy: 0 };
      case "top":
        return { dx: 0, dy: all.minY - box.minY };
      case "bottom":
        return { dx: 0, dy: all.maxY - box.maxY };
      case "middle":
        return { dx: 0, dy: (all.minY + all.maxY - box.minY - box.maxY) / 2 };
    }
  });
}

/** Makes the gaps between the units equal; the outermost stay. */
export function distribute(editor: Editor, way: "horizontally" | "vertically"): void {
  const flat = way === "horizontally";
  const from = ({ box }: Unit) => (flat ? box.minX : box.minY);
  const to = ({ box }: Unit) => (flat ? box.maxX : box.maxY);
  const units = unitsOf(editor).sort((a, b) => from(a) + to(a) - from(b) - to(b));
  const [first] = units;
  const last = units.at(-1);
  if (first === undefined || last === undefined || units.length < 3) return;
  const filled = units.reduce((sum, unit) => sum + to(unit) - from(unit), 0);
  const gap = (to(last) - from(first) - filled) / (units.length - 1);
  let at = from(first);
  const shifts = new Map<Unit, number>();
  for (const unit of units) {
    shifts.set(unit, at - from(unit));
    at += to(unit) - from(unit) + gap;
  }
  move(editor, units, (unit) => {
    const by = shifts.get(unit) ?? 0;
    return flat ? { dx: by, dy: 0 } : { dx: 0, dy: by };
  });
}

/** What moves as one: a group, or an element with the text in it. */
function unitsOf(editor: Editor): Unit[] {
  const units: Unit[] = [];
  const taken = new Set<string>();
  for (const element of editor.unlocked()) {
    if (taken.has(element.id)) continue;
    const ids = editor.attachments.withContents(editor.unitOf(element));
    for (const id of ids) taken.add(id);
    const elements = editor.existing(ids);
    units.push({ elements, box: boundsOfAll(elements) });
  }
  return units;
}

function move(
  editor: Editor,
  units: readonly Unit[],
  shiftOf: (unit: Unit) => { readonly dx: number; readonly dy: number },
): void {
  const changes = new Map<string, Props>();
  for (const unit of units) {
    const { dx, dy } = shiftOf(unit);
    if (dx === 0 && dy === 0) continue;
    for (const { id, place } of unit.elements) {
      changes.set(id, { place: translatePlace(place, dx, dy) });
    }
  }
  editor.change(withFollowers(changes, editor.following));
}
