import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isMac } from "../../a11y/platform_keys";
import { chordOf } from "../../editor/chord";
import type { EditedText } from "../../editor/text_editing";
import { onFontsReady } from "../../elements/text/fonts";
import { MAX_TEXT } from "../../generated/limits";
import { t } from "../../i18n/translate";
import { useEditing } from "./board_model";
import { layOutField } from "./text_field_layout";

/** The field over the board in which text is typed, where and as it will stand on the board. */
export function TextField() {
  const { editor } = useEditing();
  const edited = editor.text.edited.value;
  return edited && <Field key={edited.element.id} edited={edited} />;
}

function Field({ edited }: { readonly edited: EditedText }) {
  const { editor } = useEditing();
  const { element } = edited;
  const text = useSignal(element.text);
  const area = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const layOut = () => {
      if (area.current) layOutField(area.current, { ...element, text: text.peek() }, editor);
    };
    layOut();
    const stops = [text.subscribe(layOut), editor.ports.stage.camera.subscribe(layOut)];
    stops.push(onFontsReady(layOut));
    // Its shape may be moved or stretched by somebody else.
    stops.push(editor.ports.replica.subscribe(layOut));
    return () => {
      for (const stop of stops) stop();
    };
  }, [element, editor, text]);

  useLayoutEffect(() => {
    area.current?.focus({ preventScroll: true });
    area.current?.select();
  }, []);

  return (
    <textarea
      ref={area}
      class={element.type === "note" ? "text-field on-note" : "text-field"}
      data-testid="text"
      aria-label={t("board.text")}
      dir="auto"
      wrap="off"
      autoCapitalize="sentences"
      maxLength={MAX_TEXT}
      defaultValue={element.text}
      onInput={(event) => {
        text.value = event.currentTarget.value;
        editor.text.typed(text.value);
      }}
      onPaste={(event) => {
        const { value, selectionStart, selectionEnd } = event.currentTarget;
        const pasted = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n") ?? "";
        // The browser leaves out what is too much, and says nothing.
        const room = MAX_TEXT - value.length + selectionEnd - selectionStart;
        const over = pasted.length - room;
        if (over > 0) editor.ports.platform.tell({ kind: "text-cut", letters: over });
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        // While an input method composes, Enter and Escape are its own.
        if (event.isComposing || event.keyCode === 229) return;
        if (editor.text.key(chordOf(event, isMac))) event.preventDefault();
      }}
      onBlur={(event) => {
        const to = event.relatedTarget;
        const isStyling = to instanceof Element && to.closest(".style-panel, .popover") !== null;
        const isStill = editor.text.edited.peek()?.element.id === element.id;
        // Another window in front is no end of typing, and neither is another colour.
        if (isStill && !isStyling && document.hasFocus()) editor.text.commit();
      }}
    />
  );
}
