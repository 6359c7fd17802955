import { useSignal } from "@preact/signals";
import { ChevronDown, ChevronUp, Search, X } from "lucide";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { findWords, wordsIn } from "../../../editor/finding";
import { boundsOfAll } from "../../../editor/selection_box";
import { intersects } from "../../../geometry/box";
import { t } from "../../../i18n/translate";
import { IconButton } from "../../kit/button";
import { Icon } from "../../kit/icon";
import { useEditing } from "../board_model";
import { Pinned } from "../pinned";
import "./find.css";

/** Pixels around what was found. */
const ROOM = 6;
/** More than these are counted and gone to, not all marked. */
const MOST_MARKS = 100;

const SOON_MS = 150;

/** What was looked for last on this page: it is there again the next time. */
let lastQuery = "";

/** Looks for words on the board: counts what it finds, goes from one to the next, and marks them. */
export function FindPanel() {
  const { editor, travel } = useEditing();
  const { replica, stage } = editor.ports;
  const query = useSignal(lastQuery);
  /** Where one is; an id, as the others may come and go. */
  const current = useSignal("");
  const changed = useSignal(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Ink comes fast and holds no words; of what does, a few times a second is soon enough.
    let timer = 0;
    const stop = replica.subscribe(({ added, updated, removed }) => {
      const touched = [...added, ...removed, ...updated.map(({ after }) => after)];
      if (timer !== 0 || !touched.some((element) => wordsIn(element) !== "")) return;
      timer = window.setTimeout(() => {
        timer = 0;
        changed.value++;
      }, SOON_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [replica]);
  const ids = useMemo(
    () => findWords(replica.elements(), query.value),
    [query.value, changed.value],
  );
  const at = ids.indexOf(current.value);

  const go = (id: string | undefined) => {
    const element = id === undefined ? undefined : editor.get(id);
    if (element === undefined) return;
    current.value = element.id;
    travel.to(boundsOfAll([element]));
  };
  const step = (by: 1 | -1) => {
    if (at < 0) go(ids[by > 0 ? 0 : ids.length - 1]);
    else go(ids[(at + by + ids.length) % ids.length]);
  };
  useEffect(() => {
    lastQuery = query.value;
    // While one types the view stays where it is, if something that is seen matches.
    if (ids.length === 0 || ids.includes(current.peek())) return;
    const { camera, size } = stage;
    const view = {
      minX: camera.x,
      minY: camera.y,
      maxX: camera.x + size.width / camera.zoom,
      maxY: camera.y + size.height / camera.zoom,
    };
    const seen = ids.find((id) => intersects(view, boundsOfAll(editor.existing([id]))));
    if (seen === undefined) go(ids[0]);
    else current.value = seen;
  }, [ids]);

  const close = () => {
    editor.closePanel("find");
    field.current?.blur();
  };
  useLayoutEffect(() => {
    const again = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "f") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      field.current?.focus();
      field.current?.select();
    };
    field.current?.focus();
    field.current?.select();
    addEventListener("keydown", again, true);
    return () => removeEventListener("keydown", again, true);
  }, []);

  const count = ids.length;
  const words =
    query.value.trim() === ""
      ? ""
      : count === 0
        ? t("find.none")
        : t("find.count", { at: at + 1, count });
  return (
    <>
      {editor.existing(ids.slice(0, MOST_MARKS)).map((element) => (
        <Pinned
          key={element.id}
          box={boundsOfAll([element])}
          around={ROOM}
          class={element.id === current.value ? "find-mark current" : "find-mark"}
        />
      ))}
      <search
        class="find-panel panel"
        aria-label={t("command.find")}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          else if (event.key === "Enter" && event.target === field.current && !event.isComposing) {
            step(event.shiftKey ? -1 : 1);
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Icon of={Search} size="16px" />
        <input
          ref={field}
          type="text"
          class="find-field"
          aria-label={t("find.placeholder")}
          placeholder={t("find.placeholder")}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
        <span class="find-count" role="status">
          {words}
        </span>
        <IconButton
          icon={ChevronUp}
          class="small"
          label={t("find.previous")}
          keys={["Shift+Enter"]}
          disabled={count === 0}
          onClick={() => step(-1)}
        />
        <IconButton
          icon={ChevronDown}
          class="small"
          label={t("find.next")}
          keys={["Enter"]}
          disabled={count === 0}
          onClick={() => step(1)}
        />
        <IconButton
          icon={X}
          class="small"
          label={t("find.close")}
          keys={["Escape"]}
          onClick={close}
        />
      </search>
    </>
  );
}
