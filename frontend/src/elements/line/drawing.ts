/** A line or arrow drawn by hand, and its heads drawn either way. */
import type { Head } from "../../generated/protocol";
import { dashOf, roughOptions } from "../sketch/options";
import type { Part } from "../sketch/parts";
import type { Drawable, Options, RoughGenerator } from "../sketch/rough";
import type { Canvas2D, Surface } from "../surface";
import { type Course, elbowCorners, type Linear, type Pair, pairs } from "./course";
import { type EndPiece, type HeadShape, headShape } from "./heads";

interface Piece {
  readonly drawable: Drawable;
  readonly fill: Part["colour"];
}

export function drawByHand(rough: RoughGenerator, element: Linear, course: Course): Piece[] {
  const filled = course.loop && element.type === "line";
  const { width, height } = course;
  const options = roughOptions(element, width, height, filled, element.curve === "elbow");
  const body = drawBody(rough, element, course, options);
  const pieces: Piece[] = [{ drawable: body, fill: "fill" }];
  const ops = body.sets.find((set) => set.type === "path")?.ops ?? [];
  for (const atStart of [true, false]) {
    const index = atStart ? 1 : ops.length - 1;
    const op = ops[index];
    const before = ops[index - 1];
    if (op === undefined || before === undefined || op.data.length !== 6) continue;
    const d = op.data as [number, number, number, number, number, number];
    const piece: EndPiece = {
      from: before.data.slice(-2) as Pair,
      control1: [d[0], d[1]],
      control2: [d[2], d[3]],
      to: [d[4], d[5]],
    };
    const shape = headAt(element, course, atStart, piece);
    if (shape !== null) pieces.push(...headPieces(rough, element, shape, options));
  }
  return pieces;
}

function drawBody(
  rough: RoughGenerator,
  element: Linear,
  course: Course,
  options: Options,
): Drawable {
  const points = pairs(course.points);
  if (points.length === 0) points.push([0, 0]);
  if (element.curve === "round") return rough.curve(points, options);
  if (element.curve === "elbow" && points.length > 1) {
    const corners = elbowCorners(course.points)
      .map(([into, at, out]) => ` L ${into.join(" ")} Q ${at.join(" ")}, ${out.join(" ")}`)
      .join("");
    return rough.path(`M ${points[0]!.join(" ")}${corners} L ${points.at(-1)!.join(" ")}`, options);
  }
  if (options.fill !== undefined) return rough.polygon(points, options);
  return rough.linearPath(points, options);
}

function headPieces(
  rough: RoughGenerator,
  element: Linear,
  shape: HeadShape,
  options: Options,
): Piece[] {
  const { strokeLineDash: _, fill: __, ...solid } = options;
  const calm = (most: number) => Math.min(most, options.roughness ?? 0);
  if (shape.kind === "lines") {
    const lines: Options = { ...solid, roughness: calm(1) };
    if (element.dash === "dotted") {
      const [dot, gap] = dashOf("dotted", element.strokeWidth - 1) as [number, number];
      lines.strokeLineDash = [dot, gap - 1];
    }
    return shape.lines.map(([a, b]) => ({
      drawable: rough.line(a[0], a[1], b[0], b[1], lines),
      fill: "line",
    }));
  }
  const filled: Options = { ...solid, fill: "#000000", fillStyle: "solid" };
  const fill = shape.open ? "paper" : "line";
  const drawable =
    shape.kind === "circle"
      ? rough.circle(shape.at[0], shape.at[1], shape.diameter, { ...filled, roughness: calm(0.5) })
      : rough.polygon(shape.ring as Pair[], { ...filled, roughness: calm(1) });
  return [{ drawable, fill }];
}

function headAt(
  element: Linear,
  course: Course,
  atStart: boolean,
  piece: EndPiece,
): HeadShape | null {
  const head: Head = atStart ? element.startHead : element.endHead;
  const { points } = course;
  const last = points.length - 2;
  if (last < 2) return null;
  const spot = (index: number): Pair => [points[index]!, points[index + 1]!];
  return headShape(
    head,
    atStart,
    piece,
    atStart ? spot(0) : spot(last),
    atStart ? spot(2) : spot(last - 2),
    element.strokeWidth,
  );
}

/** Draws the heads as clean shapes. The surface has been entered, line width and colour are set. */
export function paintCleanHeads(
  surface: Surface,
  ctx: Canvas2D,
  element: Linear,
  course: Course,
): void {
  const { cubics, points } = course;
  if (cubics.length === 0) return;
  for (const atStart of [true, false]) {
    const index = atStart ? 0 : cubics.length - 1;
    const cubic = cubics[index]!;
    const from: Pair =
      index === 0 ? [points[0]!, points[1]!] : [cubics[index - 1]![4], cubics[index - 1]![5]];
    const shape = headAt(element, course, atStart, {
      from,
      control1: [cubic[0], cubic[1]],
      control2: [cubic[2], cubic[3]],
      to: [cubic[4], cubic[5]],
    });
    if (shape === null) continue;
    ctx.beginPath();
    if (shape.kind === "lines") {
      for (const [a, b] of shape.lines) {
        ctx.moveTo(a[0], a[1]);
        ctx.lineTo(b[0], b[1]);
      }
    } else {
      if (shape.kind === "circle") {
        ctx.arc(shape.at[0], shape.at[1], Math.max(shape.diameter / 2, 0.1), 0, 2 * Math.PI);
      } else {
        for (const [x, y] of shape.ring) ctx.lineTo(x, y);
      }
      ctx.closePath();
      ctx.fillStyle = shape.open ? surface.paper.background : surface.colour(element.color);
      ctx.fill();
    }
    ctx.stroke();
  }
}
