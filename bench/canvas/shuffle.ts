/** Random edits of every kind, from a seed, with frames in between: what patching must survive. */
import type { ChangeSet } from "../../frontend/src/document/change_set";
import type { Element, Place } from "../../frontend/src/generated/protocol";
import { DEFAULTS, type ElementType, PROPERTIES } from "../../frontend/src/generated/protocol";
import { encodePoints } from "../../frontend/src/geometry/points";
import type { Stage } from "../../frontend/src/render/stage";
import { orderKey, seeded } from "./strokes";

const BOXES: readonly ElementType[] = ["rectangle", "ellipse", "diamond", "text", "note", "frame"];
const TYPES: readonly ElementType[] = [...BOXES, "line", "arrow", "freedraw"];
const COLOURS = ["#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "transparent", "#ffd43b"];

export interface Board {
  readonly stage: Stage;
  readonly elements: ReadonlyMap<string, Element>;
  apply(changes: ChangeSet): void;
}

/** Puts elements on the board and edits them; answers when everything is painted. */
export async function shuffle(board: Board, seed: number, steps: number): Promise<void> {
  const { stage, elements } = board;
  const random = seeded(seed);
  const among = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const anyone = () => among([...elements.values()]);
  let serial = 0;

  const make = (): Element => {
    const type = among(TYPES);
    const boxed = BOXES.includes(type);
    const frames = [...elements.values()].filter((one) => one.type === "frame");
    const points = Array.from({ length: 2 + Math.floor(random() * 12) }, () => ({
      x: random() * 200 - 100,
      y: random() * 200 - 100,
      pressure: random(),
      time: 0,
    }));
    const values: Record<string, unknown> = {
      place: [
        random() * 1000,
        random() * 700,
        boxed ? (20 + random() * 200) * (random() < 0.2 ? -1 : 1) : 1,
        boxed ? 20 + random() * 150 : 1,
        random() < 0.3 ? random() * 3 : 0,
      ],
      // Every third lies on top of all others: those are painted over the tiles.
      z: orderKey(random() < 0.33 ? 1e6 + serial : Math.floor(random() * 1e6)),
      opacity: random() < 0.7 ? 1 : 0.5,
      frame: random() < 0.3 && frames.length > 0 ? among(frames).id : "",
      color: type === "text" || type === "note" ? "#1e1e1e" : among(COLOURS),
      strokeWidth: among([1, 2, 4]),
      fill: among(COLOURS),
      fillStyle: among(["solid", "hachure", "cross-hatch", "zigzag"]),
      dash: among(["solid", "dashed", "dotted"]),
      roughness: among([0, 1, 2]),
      seed: 1 + Math.floor(random() * 1e6),
      rounded: random() < 0.5,
      points: encodePoints(points, { pressure: random() < 0.5 }),
      curve: among(["sharp", "round", "elbow"]),
      endHead: among(["none", "arrow", "triangle"]),
      brush: random() < 0.8 ? "pen" : "highlighter",
      text: "hello text",
    };
    const element: Record<string, unknown> = { type, id: `e${serial++}` };
    const defaults: Record<string, unknown> = DEFAULTS;
    for (const name of PROPERTIES[type]) element[name] = values[name] ?? defaults[name];
    return element as unknown as Element;
  };
  const change = (changes: Partial<ChangeSet>) =>
    board.apply({ added: [], updated: [], removed: [], ...changes });
  const moved = ({ place: [x, y, sx, sy, angle] }: Element, by: number): Place => [
    x + random() * by - by / 2,
    y + random() * by - by / 2,
    sx,
    sy,
    angle,
  ];
  const nothing = () => {
    stage.setMoves(null);
    stage.setFaded(new Set());
    stage.setHidden(new Set());
  };

  change({ added: Array.from({ length: 60 }, make) });
  await settled(stage);
  for (let i = 0; i < steps; i++) {
    const kind = random();
    const one = anyone();
    if (kind < 0.35) change({ added: [make()] });
    else if (kind < 0.7) {
      change({ updated: [{ before: one, after: { ...one, place: moved(one, 80) } }] });
    } else if (kind < 0.8) change({ removed: [one] });
    else if (kind < 0.85) stage.setFaded(new Set([one.id]));
    else if (kind < 0.9) stage.setHidden(new Set([one.id]));
    else if (kind < 0.95) stage.setMoves(new Map([[one.id, moved(one, 60)]]));
    else nothing();
    if (random() < 0.3) stage.camera.panBy(random() * 60 - 30, random() * 60 - 30);
    if (random() < 0.6) await new Promise(requestAnimationFrame);
  }
  nothing();
  await settled(stage);
}

/** Twice: what is drawn by hand waits for rough.js, texts for their fonts. */
async function settled(stage: Stage): Promise<void> {
  await stage.whenSettled();
  await stage.whenSettled();
}
