import { controlTakes, isPanelAwaited, isPanelOpen, isTyping } from "../a11y/typing";
import type { Editor } from "../editor/editor";
import type { Input } from "../editor/input";
import { isPicture } from "./is_picture";

/** Hands the page's pointers, wheel and keys to the editor, and pasted pictures; returns how to stop. */
export function listenToPage(
  host: HTMLElement,
  editor: Editor,
  input: Input,
  pastePictures: (pictures: readonly File[]) => void,
): () => void {
  const end = new AbortController();
  const options = { signal: end.signal } as const;

  host.addEventListener(
    "pointerdown",
    (event) => {
      leaveChrome();
      host.setPointerCapture(event.pointerId);
      input.pointerDown(event);
    },
    options,
  );
  host.addEventListener("pointermove", (event) => input.pointerMove(event), options);
  host.addEventListener("pointerup", (event) => input.pointerUp(event), options);
  host.addEventListener("pointercancel", (event) => input.pointerCancel(event), options);
  host.addEventListener("pointerleave", () => input.pointerLeave(), options);
  // A press on the board must not take the caret out of a text that opens with it.
  host.addEventListener("mousedown", (event) => event.preventDefault(), options);
  addEventListener("contextmenu", (event) => openMenu(event, host, editor), options);
  host.addEventListener("dragstart", (event) => event.preventDefault(), options);
  addEventListener(
    "wheel",
    (event) => {
      const inside = event.target instanceof Element ? event.target : null;
      const onBoard = inside === host || inside?.closest(".text-field") !== null;
      // The browser's own zoom would tear the chrome away from the board.
      if (onBoard || event.ctrlKey) event.preventDefault();
      if (onBoard) input.wheel(event);
    },
    { ...options, passive: false },
  );

  addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || isPanelOpen() || controlTakes(event.target, event.key)) return;
      if (isPanelAwaited(editor.panel.value)) {
        if (event.key === "Escape") editor.panel.value = null;
        return;
      }
      if (event.key === "Tab" && !hasKeyboard(host, editor)) return;
      if (event.key === "Escape" && leavesBoard(host, editor)) return;
      if (input.keyDown(event)) event.preventDefault();
    },
    options,
  );
  addEventListener("keyup", (event) => input.keyUp(event), options);
  addEventListener("blur", () => input.blur(), options);

  for (const kind of ["copy", "cut", "paste"] as const) {
    addEventListener(
      kind,
      (event) => {
        if (isTyping(event.target) || event.clipboardData === null) return;
        const pictures = kind === "paste" ? pastedPictures(event.clipboardData) : [];
        if (pictures.length > 0) {
          event.preventDefault();
          pastePictures(pictures);
        } else if (editor.clipboard[kind](event.clipboardData)) event.preventDefault();
      },
      options,
    );
  }
  return () => end.abort();
}

/** Whether Tab walks what is on the board, not what is on the page. */
function hasKeyboard(host: HTMLElement, editor: Editor): boolean {
  const { activeElement } = document;
  if (editor.text.edited.value !== null || activeElement === host) return true;
  return activeElement === document.body && editor.selection.value.size > 0;
}

/** Esc with nothing left to leave goes from the board to the tools, so that Tab need not walk to its end. */
function leavesBoard(host: HTMLElement, editor: Editor): boolean {
  const isThere = document.activeElement === host && host.matches(":focus-visible");
  const isDone = editor.selection.value.size === 0 && editor.tool.value === "select";
  if (!isThere || !isDone || editor.menu.value !== null) return false;
  const tool = document.querySelector<HTMLElement>(".toolbar [aria-pressed=true]");
  tool?.focus();
  return tool !== null;
}

/** Who copies cells of a table gets a picture of them, too: then the words are meant. */
function pastedPictures(data: DataTransfer): readonly File[] {
  return data.getData("text/plain").trim() === "" ? [...data.files].filter(isPicture) : [];
}

/** The right button's menu comes from the editor when it is let go; the menu key's is opened here. */
function openMenu(event: MouseEvent, host: HTMLElement, editor: Editor): void {
  if (event.target !== host && event.target !== document.body) return;
  event.preventDefault();
  // The menu key has no button; 2 is the right one, and Ctrl with 0 is a Mac's.
  const isKey = event.button < 0 || (event.button === 0 && !event.ctrlKey);
  const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
  if (!isKey || isTouch) return;
  const about = editor.selection.value.size > 0 ? "selection" : "canvas";
  editor.menu.value = { clientX: innerWidth / 2, clientY: innerHeight / 2, about };
}

/** Fields and buttons give up the keyboard when somebody goes back to drawing: arrow keys move what is drawn. */
function leaveChrome(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && !activeElement.matches(".text-field")) {
    activeElement.blur();
  }
}
