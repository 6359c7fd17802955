import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { COMMANDS } from "../commands/registry";
import { Editor } from "../editor/editor";
import { Input } from "../editor/input";
import { boundsOf, hits, touchesBox } from "../elements/registry";
import { loadRough } from "../elements/sketch/rough";
import { needFont } from "../elements/text/fonts";
import { measureText } from "../elements/text/measure";
import type { Element, LiveState } from "../generated/protocol";
import type { Vec } from "../geometry/place";
import { PLAIN } from "../render/background";
import { browserClock } from "../sync/browser";
import type { Replica } from "../sync/replica";
import { TOOLS } from "../tools/registry";
import { EditingChrome } from "../ui/board/editing_chrome";
import { alsoLater } from "../ui/kit/lazy";
import type { Sight } from "./board_address";
import type { BoardFrame } from "./board_frame";
import type { Drawable, OpenBoard } from "./board_parts";
import { gliding, keepCompany } from "./company";
import { rename } from "./identity";
import { isPicture } from "./is_picture";
import { keepHistory } from "./keep_history";
import { overviewOf } from "./overview_of";
import { listenToPage } from "./page_events";
import { platformPort } from "./platform_port";
import { tellOfRewind } from "./rewind";
import { lasting } from "./storage";
import { Travel } from "./travel";

// What a person may want while offline.
alsoLater(loadRough);
alsoLater(async () => {
  for (const font of ["hand", "sans", "serif", "mono"] as const) needFont(font, "a");
});
alsoLater(() => import("../document/canonical"));
alsoLater(() => import("./on_demand"));

/** Gives the person at this page their hands on the board: editor, tools, commands and their chrome. */
export function giveHands(board: OpenBoard, frame: BoardFrame, surface: HTMLElement): void {
  const { replica, stage, index, sync } = board;
  const company = keepCompany(board, surface);
  const editor = new Editor({
    replica,
    stage,
    index,
    elements: { boundsOf, hits, touchesBox, measureText },
    live(patch) {
      if (isDrawing(patch)) frame.isBegun.value = true;
      sync.sendLive(patch);
    },
    clock: browserClock,
    random: Math.random,
    memory: lasting,
    platform: platformPort(
      () => drawable,
      (files) => void bringFilesIn(drawable, files),
    ),
    company: {
      isFollowing: () => company.leader.peek() !== null,
      stopFollowing: company.stopFollowing,
      isAlone: () => frame.people.peek().length < 2,
      callEveryone: company.callEveryone,
    },
    tools: TOOLS,
    commands: COMMANDS,
  });
  const drawable: Drawable = { ...board, editor };
  const travel = new Travel(gliding(board));
  const goTo = async (sight: Sight) => {
    const { goToSight } = await import("./on_demand");
    await goToSight(drawable, sight, travel);
  };
  frame.actions = {
    rename: (title) => editor.edit([["title", title]]),
    renameMe: rename,
    async exportAs(format) {
      const { exportBoard } = await import("./on_demand");
      await exportBoard(board.address, sync.title.value, format);
    },
    bringIn(files, at) {
      void bringFilesIn(drawable, files, at && board.camera.toWorld(at.clientX, at.clientY));
    },
    goTo: (sight) => void goTo(sight),
    retry: () => sync.retry(),
  };
  tellOfRewind(replica, editor);
  // What an earlier page could not send goes on when there is time for it.
  alsoLater(async () => {
    const { uploadsOf } = await import("./on_demand");
    uploadsOf(board);
  });
  keepHistory(editor.history, board.histories, replica, sync);
  effect(() => {
    frame.viewOnly.value = editor.viewOnly.value;
    editor.readOnly.value = frame.model.readOnly.value;
  });
  effect(() => {
    surface.style.cursor = editor.cursor.value;
  });
  effect(() => stage.setBackground({ ...PLAIN, dots: editor.grid.value }));
  const input = new Input(editor, () => surface.getBoundingClientRect());
  listenToPage(surface, editor, input, (files) => {
    void bringFilesIn(drawable, files, editor.pointer ?? undefined);
  });
  const selected = selectedElements(editor, replica);
  frame.editing.value = {
    editor,
    commands: COMMANDS.all,
    selected,
    Chrome: EditingChrome,
    company,
    travel,
    overview: overviewOf(board),
    exporter: async () => (await import("./on_demand")).exporterOf(drawable),
  };
  if (frame.sight?.kind === "elements") void goTo(frame.sight);
}

function isDrawing({ ink, drafts }: LiveState): boolean {
  return (ink?.length ?? 0) + (drafts?.length ?? 0) > 0;
}

/** The selected elements as they are now, whoever changes them or the labels on them. */
function selectedElements(editor: Editor, replica: Replica): ReadonlySignal<readonly Element[]> {
  const changed = signal(0);
  replica.subscribe(({ updated, added, removed }) => {
    const selection = editor.selection.peek();
    if (selection.size === 0) return;
    const isOn = (element: Element) =>
      selection.has(element.id) || (element.type === "text" && selection.has(element.container));
    const isAny =
      updated.some(({ after }) => isOn(after)) || added.some(isOn) || removed.some(isOn);
    if (isAny) changed.value++;
  });
  return computed(() => {
    changed.value;
    return editor.existing(editor.selection.value);
  });
}

/** Pictures are placed, drawings imported. */
async function bringFilesIn(board: Drawable, files: readonly File[], at?: Vec): Promise<void> {
  const pictures = files.filter(isPicture);
  if (pictures.length > 0) {
    const { placePictures } = await import("./on_demand");
    await placePictures(board, pictures, at);
  }
  if (pictures.length === files.length) return;
  const { bringIn } = await import("./on_demand");
  for (const file of files) if (!isPicture(file)) await bringIn(board, file, at);
}
