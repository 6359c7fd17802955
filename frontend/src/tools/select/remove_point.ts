import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import { isLinear, linePoints, localPointsOf } from "../../editor/local_points";
import type { Props } from "../../generated/protocol";

/** Takes one of a line's points away, where two are left; an end that goes lets go of what it holds on to. */
export function removePoint(editor: Editor, id: string, index: number): void {
  const line = editor.get(id);
  if (line === undefined || !isLinear(line)) return;
  const points = localPointsOf(line);
  if (points.length < 3) return;
  const props: Props = {
    points: linePoints(points.filter((_, i) => i !== index)),
    ...(index === 0 ? { start: null } : {}),
    ...(index === points.length - 1 ? { end: null } : {}),
  };
  editor.change(withFollowers(new Map([[id, props]]), editor.following));
}
