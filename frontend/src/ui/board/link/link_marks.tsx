import { useSignal } from "@preact/signals";
import { CornerUpRight, ExternalLink } from "lucide";
import { useEffect } from "preact/hooks";
import type { Editor } from "../../../editor/editor";
import { isSafeLink } from "../../../editor/links";
import { boundsOfAll } from "../../../editor/selection_box";
import type { Element } from "../../../generated/protocol";
import { intersects } from "../../../geometry/box";
import { t } from "../../../i18n/translate";
import { Icon } from "../../kit/icon";
import { useBoard, useEditing } from "../board_model";
import { Pinned } from "../pinned";
import "./link.css";

/** No more marks than these are on the screen at once, and none on what is smaller, in pixels. */
const MOST = 80;
const SMALLEST = 24;

/** The marks on what leads somewhere: real links, so that they open, copy and read aloud as all links do. */
export function LinkMarks() {
  const { editor } = useEditing();
  const shown = useSignal<readonly Element[]>([]);
  useEffect(
    () =>
      follow(editor, (elements) => {
        shown.value = elements;
      }),
    [editor],
  );
  return (
    <>
      {shown.value.map((element) => (
        <Pinned key={element.id} box={boundsOfAll([element])} class="link-pin">
          <Mark link={element.link} />
        </Pinned>
      ))}
    </>
  );
}

function Mark({ link }: { readonly link: string }) {
  const board = useBoard();
  const isHere = board.leadsHere(link);
  const words = isHere ? t("link.followHere") : t("link.follow", { where: link });
  return (
    <a
      class="link-mark"
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={words}
      data-tip={words.length > 80 ? `${words.slice(0, 79)}…` : words}
      onClick={(event) => {
        if (!isHere || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        board.goTo(link);
      }}
    >
      <Icon of={isHere ? CornerUpRight : ExternalLink} size="14px" />
    </a>
  );
}

/** Tells which elements with a link are on the screen, whenever that changes; answers how to stop. */
function follow(editor: Editor, tell: (elements: readonly Element[]) => void): () => void {
  const { replica, stage } = editor.ports;
  const linked = new Set<string>();
  let request = 0;
  let told = "";
  const look = () => {
    request = 0;
    const { camera, size } = stage;
    const view = {
      minX: camera.x,
      minY: camera.y,
      maxX: camera.x + size.width / camera.zoom,
      maxY: camera.y + size.height / camera.zoom,
    };
    const seen: Element[] = [];
    for (const element of editor.existing(linked)) {
      const box = boundsOfAll([element]);
      const large = Math.max(box.maxX - box.minX, box.maxY - box.minY) * camera.zoom >= SMALLEST;
      if (large && isSafeLink(element.link) && intersects(view, box)) seen.push(element);
      if (seen.length === MOST) break;
    }
    const now = seen.map(({ id, link, place }) => `${id} ${link} ${place.join()}`).join("\n");
    if (now === told) return;
    told = now;
    tell(seen);
  };
  const soon = () => {
    request ||= requestAnimationFrame(look);
  };
  const learn = (element: Element) => {
    if (element.link !== "") linked.add(element.id);
    else linked.delete(element.id);
  };
  for (const element of replica.elements()) learn(element);
  const stops = [
    replica.subscribe(({ added, updated, removed }) => {
      const before = linked.size;
      for (const { id } of removed) linked.delete(id);
      for (const element of added) learn(element);
      for (const { after } of updated) learn(after);
      if (before + linked.size > 0) soon();
    }),
    stage.camera.subscribe(() => {
      if (linked.size > 0) soon();
    }),
  ];
  soon();
  return () => {
    cancelAnimationFrame(request);
    for (const stop of stops) stop();
  };
}
