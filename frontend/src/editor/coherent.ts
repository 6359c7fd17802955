import { type Element, PROPERTIES, type Props } from "../generated/protocol";
import { isLinear } from "./local_points";
import type { Changes } from "./preview";

/** Where a line lies, how it runs and what it holds on to: none of them is right with another's. */
const COURSE = ["place", "points", "start", "end"] as const;

/**
 * The same changes, a line's course always whole.
 *
 * Properties are set one by one, and the later wins. Were one person to move a line while another bends it, the line
 * would come to lie where nobody has put it; so it is where the later of them has put it.
 */
export function coherent(changes: Changes, get: (id: string) => Element | undefined): Changes {
  const whole = new Map(changes);
  for (const [id, props] of changes) {
    const element = get(id);
    if (element === undefined || !isLinear(element)) continue;
    if (COURSE.some((name) => name in props)) whole.set(id, { ...courseOf(element), ...props });
  }
  return whole;
}

function courseOf(line: Element): Props {
  const values = line as unknown as Readonly<Record<string, unknown>>;
  const names = COURSE.filter((name) => PROPERTIES[line.type].includes(name));
  return Object.fromEntries(names.map((name) => [name, values[name]])) as Props;
}
