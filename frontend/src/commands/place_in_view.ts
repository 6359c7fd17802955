import type { Editor } from "../editor/editor";
import type { PointerInput } from "../editor/pointer_input";
import type { Command } from "../editor/tool";
import { inflate } from "../geometry/box";
import type { Vec } from "../geometry/place";

/** World units: the length of a line that no pointer drew. */
const LENGTH = 160;
/** World units, right and down, from what has been put into the same place before. */
const STEP = 24;

/** For who has no pointer: the tool at hand makes one of the usual size, in the middle of what is in view. */
export const placeInView: Command = {
  id: "place-in-view",
  name: "command.place-in-view",
  keys: ["Enter"],
  when: "nothing-selected",
  enabled: ({ ports, tool }) => ports.tools[tool.value].once,
  run(editor) {
    const { x, y } = freeMiddle(editor);
    const isLine = editor.tool.value === "line" || editor.tool.value === "arrow";
    const reach = isLine ? LENGTH / 2 : 0;
    const to = pressed(editor, x + reach, y);
    editor.state.pointerDown?.(pressed(editor, x - reach, y));
    editor.state.pointerMove?.(to);
    editor.state.pointerUp?.(to);
  },
};

/** The middle of the view, or the first step from it that is not the middle of something already. */
function freeMiddle(editor: Editor): Vec {
  const { stage, index, elements } = editor.ports;
  const { camera, size } = stage;
  let x = camera.x + size.width / camera.zoom / 2;
  let y = camera.y + size.height / camera.zoom / 2;
  const isTaken = () =>
    [...index.search(inflate({ minX: x, minY: y, maxX: x, maxY: y }, 1))].some((element) => {
      const { minX, minY, maxX, maxY } = elements.boundsOf(element);
      return Math.hypot((minX + maxX) / 2 - x, (minY + maxY) / 2 - y) < 1;
    });
  while (isTaken()) {
    x += STEP;
    y += STEP;
  }
  return { x, y };
}

/** A press there; with Ctrl, so that it snaps and holds on to nothing by chance. */
function pressed(editor: Editor, x: number, y: number): PointerInput {
  const { camera } = editor.ports.stage;
  const [screenX, screenY] = [(x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom];
  const sample = { x, y, pressure: 0.5, time: editor.ports.clock.now() };
  const held = { shift: false, alt: false, ctrl: true };
  return { ...sample, ...held, screenX, screenY, kind: "mouse", clicks: 1, samples: [sample] };
}
