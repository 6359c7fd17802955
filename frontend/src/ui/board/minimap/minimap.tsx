import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import type { Box } from "../../../geometry/box";
import { t } from "../../../i18n/translate";
import { theme } from "../../../theme/theme";
import { IconButton } from "../../kit/button";
import { keysOf, useEditing } from "../board_model";
import { inWorld, type MapView, mapView, onMap } from "./map_view";
import "./minimap.css";

/** CSS pixels. */
const WIDTH = 208;
const HEIGHT = 144;
/** The picture follows what is drawn for so long after a change, this often, in ms. */
const FOLLOW_MS = 3000;
const EVERY_MS = 400;
/** An arrow key moves by this share of what is seen. */
const STEP = 0.25;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The whole board in a corner: where one looks, where others look; a press or a drag goes there. */
export function Minimap() {
  const editing = useEditing();
  const { editor, overview } = editing;
  const { index, replica, stage } = editor.ports;
  const { camera } = stage;
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<MapView | null>(null);
  const isHeld = useRef(false);

  const seen = (): Box => ({
    minX: camera.x,
    minY: camera.y,
    maxX: camera.x + stage.size.width / camera.zoom,
    maxY: camera.y + stage.size.height / camera.zoom,
  });

  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext("2d");
    if (!element || !ctx) return;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    element.width = WIDTH * ratio;
    element.height = HEIGHT * ratio;
    const colours = getComputedStyle(element);
    let request = 0;
    let until = 0;
    let timer = 0;
    let views = "";

    const draw = () => {
      request = 0;
      // Held still while it is dragged: a map that changed its scale would run away from the pointer.
      const map =
        isHeld.current && shown.current !== null
          ? shown.current
          : mapView(index.bounds(), seen(), WIDTH, HEIGHT);
      shown.current = map;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, WIDTH, HEIGHT);
      const picture = overview.picture();
      if (picture !== null) {
        const { x, y, width, height } = onMap(map, picture.box);
        ctx.imageSmoothingQuality = "medium";
        ctx.drawImage(picture.image, x, y, width, height);
      }
      for (const { color, box } of overview.views()) outline(ctx, map, box, color, 1.5);
      outline(ctx, map, seen(), colours.getPropertyValue("color"), 2, true);
    };
    const soon = () => {
      request ||= requestAnimationFrame(draw);
    };
    const follow = () => {
      until = performance.now() + FOLLOW_MS;
      timer ||= window.setInterval(() => {
        soon();
        if (performance.now() < until) return;
        clearInterval(timer);
        timer = 0;
      }, EVERY_MS);
    };
    const stops = [
      camera.subscribe(soon),
      replica.subscribe(follow),
      theme.subscribe(follow),
      overview.onViews(() => {
        const now = JSON.stringify(overview.views());
        if (now === views) return;
        views = now;
        soon();
      }),
    ];
    soon();
    return () => {
      cancelAnimationFrame(request);
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, []);

  const lookAt = (x: number, y: number) => {
    const { width, height } = stage.size;
    const { zoom } = camera;
    camera.set(x - width / zoom / 2, y - height / zoom / 2, zoom);
  };
  const goTo = (event: PointerEvent) => {
    if (shown.current === null || canvas.current === null) return;
    const { left, top } = canvas.current.getBoundingClientRect();
    const { x, y } = inWorld(shown.current, event.clientX - left, event.clientY - top);
    lookAt(x, y);
  };
  return (
    <section class="minimap panel" aria-label={t("command.minimap")}>
      <canvas
        ref={canvas}
        data-testid="minimap"
        style={{ width: WIDTH, height: HEIGHT }}
        tabIndex={0}
        role="img"
        aria-label={t("minimap.label")}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          isHeld.current = true;
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (isHeld.current) goTo(event);
        }}
        onLostPointerCapture={() => {
          isHeld.current = false;
        }}
        onKeyDown={(event) => {
          const way = ARROWS[event.key];
          if (way === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          const { width, height } = stage.size;
          camera.panBy(-way[0] * width * STEP, -way[1] * height * STEP);
        }}
      />
      <IconButton
        icon={X}
        class="small minimap-close"
        label={t("minimap.close")}
        keys={keysOf(editing, "minimap")}
        onClick={() => editor.run("minimap")}
      />
    </section>
  );
}

function outline(
  ctx: CanvasRenderingContext2D,
  map: MapView,
  box: Box,
  colour: string,
  width: number,
  isOwn = false,
): void {
  const { x, y, width: across, height: down } = onMap(map, box);
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.roundRect(x, y, Math.max(across, 3), Math.max(down, 3), 2);
  ctx.stroke();
  if (!isOwn) return;
  ctx.globalAlpha = 0.08;
  ctx.fill();
  ctx.globalAlpha = 1;
}
