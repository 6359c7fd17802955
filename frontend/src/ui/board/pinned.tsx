import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Box } from "../../geometry/box";
import { useEditing } from "./board_model";

interface PinnedProps {
  readonly box: Box;
  /** As large as the box, with this much room around it in pixels; otherwise it hangs on its top right corner. */
  readonly around?: number;
  readonly class?: string;
  readonly children?: ComponentChildren;
  readonly [data: `data-${string}`]: string | undefined;
}

/** Something of the chrome that stays at a box of the board while the camera moves. */
export function Pinned({ box, around, children, ...rest }: PinnedProps) {
  const { camera } = useEditing().editor.ports.stage;
  const pinned = useRef<HTMLDivElement>(null);
  const { minX, minY, maxX, maxY } = box;
  useLayoutEffect(() => {
    const place = () => {
      const style = pinned.current?.style;
      if (style === undefined) return;
      const { x, y, zoom } = camera;
      const room = around ?? 0;
      const left = around === undefined ? (maxX - x) * zoom : (minX - x) * zoom - room;
      style.translate = `${left}px ${(minY - y) * zoom - room}px`;
      if (around === undefined) return;
      style.width = `${(maxX - minX) * zoom + 2 * room}px`;
      style.height = `${(maxY - minY) * zoom + 2 * room}px`;
    };
    place();
    return camera.subscribe(place);
  }, [camera, minX, minY, maxX, maxY, around]);
  return (
    <div ref={pinned} {...rest} class={`pinned ${rest.class ?? ""}`}>
      {children}
    </div>
  );
}
