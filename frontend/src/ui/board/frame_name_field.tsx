import { useLayoutEffect, useRef } from "preact/hooks";
import { frameCorner, NAME_ABOVE } from "../../elements/frame/name";
import { MAX_TITLE } from "../../generated/limits";
import type { Frame } from "../../generated/protocol";
import { t } from "../../i18n/translate";
import { useEditing } from "./board_model";

/** The field over a frame in which its name is typed. */
export function FrameNameField() {
  const frame = useEditing().editor.naming.named.value;
  return frame && <Field key={frame.id} frame={frame} />;
}

function Field({ frame }: { readonly frame: Frame }) {
  const { editor } = useEditing();
  const input = useRef<HTMLInputElement>(null);
  const { naming } = editor;

  useLayoutEffect(() => {
    const { camera } = editor.ports.stage;
    const layOut = () => {
      const now = editor.get(frame.id);
      if (now?.type !== "frame") {
        naming.cancel();
        return;
      }
      const corner = frameCorner(now);
      const x = (corner.x - camera.x) * camera.zoom;
      const y = (corner.y - camera.y) * camera.zoom;
      const turn = `translate(${x}px, ${y}px) rotate(${now.place[4]}rad)`;
      // A tall line around letters of 14 px whose baseline is where the board paints it.
      if (input.current)
        input.current.style.transform = `${turn} translate(-5px, ${-NAME_ABOVE - 17}px)`;
    };
    layOut();
    const stops = [camera.subscribe(layOut), editor.ports.replica.subscribe(layOut)];
    input.current?.focus({ preventScroll: true });
    input.current?.select();
    return () => {
      for (const stop of stops) stop();
    };
  }, [frame, editor, naming]);

  return (
    <input
      ref={input}
      class="frame-name-field"
      data-testid="frame-name"
      aria-label={t("board.frameName")}
      placeholder={t("tool.frame")}
      maxLength={MAX_TITLE}
      defaultValue={frame.name}
      onInput={(event) => naming.typed(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === "Enter") naming.commit();
        else if (event.key === "Escape") naming.cancel();
      }}
      onBlur={() => {
        if (document.hasFocus()) naming.commit();
      }}
    />
  );
}
