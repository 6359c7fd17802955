import { effect, signal } from "@preact/signals-core";
import { isMac } from "../a11y/platform_keys";
import { COMMANDS } from "../commands/registry";
import { Editor } from "../editor/editor";
import { Input } from "../editor/input";
import type { PlatformPort } from "../editor/ports";
import { boundsOf, hits, touchesBox } from "../elements/registry";
import { measureText } from "../elements/text/measure";
import { t } from "../i18n/translate";
import { openBoard as openKept } from "../offline/open_board";
import { Stage } from "../render/stage";
import { SpatialIndex } from "../spatial/index";
import { browserClock, browserNudges, webSocketTo } from "../sync/browser";
import type { Replica } from "../sync/replica";
import { SyncClient } from "../sync/sync_client";
import { theme, toggleTheme } from "../theme/theme";
import { TOOLS } from "../tools/registry";
import { mountBoardPage } from "../ui/board/board_page";
import type { BoardAddress } from "./board_address";
import { type BoardParts, boardModel } from "./board_model";
import { rememberCamera } from "./camera_memory";
import { me, sessionOfThisPage } from "./identity";
import { lookAt } from "./look_at";
import { listenToPage } from "./page_events";
import { offerPage } from "./page_handle";
import { rememberBoard } from "./recent_boards";
import { lasting } from "./storage";
import { tellOfServer, tellOfStorage } from "./tell";

/** Opens a board in `host`: what this device has of it at once, then what the server has. */
export async function openBoard(host: HTMLElement, address: BoardAddress): Promise<void> {
  const surface = drawingSurface(host);
  const kept = await openKept({ board: address.id, clock: browserClock });
  const { replica } = kept;
  const index = new SpatialIndex();
  index.apply({ added: [...replica.elements()], updated: [], removed: [] });
  const stage = new Stage(surface, replica, index, { theme: theme.value });
  // The index first, the picture second, the editor last: each reads what the one before it knows.
  replica.subscribe((changes) => {
    index.apply(changes);
    stage.apply(changes);
  });
  const sync = connectionOf(address, replica);
  const helpOpen = signal(false);
  const editor = new Editor({
    replica,
    stage,
    index,
    elements: { boundsOf, hits, touchesBox, measureText },
    live: (patch) => sync.sendLive(patch),
    clock: browserClock,
    random: Math.random,
    memory: lasting,
    platform: platformPort(helpOpen),
    tools: TOOLS,
    commands: COMMANDS,
  });
  const input = new Input(editor, () => surface.getBoundingClientRect());
  const parts: BoardParts = {
    address,
    replica,
    sync,
    editor,
    camera: stage.camera,
    commands: COMMANDS.all,
    helpOpen,
  };
  const model = boardModel(parts);

  listenToPage(surface, editor, input);
  lookAround(parts, stage, index);
  showOthers(sync, stage);
  effect(() => stage.setTheme(theme.value));
  effect(() => {
    surface.style.cursor = editor.cursor.value;
  });
  effect(() => {
    editor.readOnly.value = sync.role.value === "viewer" || sync.role.value === "commenter";
  });
  effect(() => {
    const role = sync.role.value;
    if (role === null) return;
    const { id, token } = address;
    rememberBoard({ id, token, role, title: sync.title.value, openedAt: Date.now() });
  });
  tellOfServer(replica, sync);
  tellOfStorage(kept.storageProblem);
  addEventListener("pagehide", () => void kept.flush());
  offerPage(parts, stage);
  sync.start();
  mountBoardPage(chrome(host), model);
}

function drawingSurface(host: HTMLElement): HTMLElement {
  const surface = document.createElement("main");
  surface.className = "board-host";
  surface.dataset.testid = "board";
  surface.tabIndex = -1;
  surface.setAttribute("aria-label", t("board.canvas"));
  host.append(surface);
  return surface;
}

function chrome(host: HTMLElement): HTMLElement {
  const element = document.createElement("div");
  element.className = "chrome";
  host.append(element);
  return element;
}

function connectionOf({ id, token }: BoardAddress, replica: Replica): SyncClient {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const { person, name, color } = me.value;
  return new SyncClient({
    board: id,
    token,
    session: sessionOfThisPage(),
    person,
    name,
    color,
    replica,
    openSocket: webSocketTo(`${scheme}://${location.host}/api/boards/${id}/socket`),
    clock: browserClock,
    nudges: browserNudges,
  });
}

function platformPort(helpOpen: { value: boolean }): PlatformPort {
  return {
    mac: isMac,
    requestClipboard: (action) => document.execCommand(action),
    async readClipboard() {
      try {
        return await navigator.clipboard.readText();
      } catch {
        return null; // Not on plain http, or the person said no.
      }
    },
    toggleDarkMode: toggleTheme,
    showHelp() {
      helpOpen.value = !helpOpen.value;
    },
  };
}

/** Looks where this tab looked last, else at what is drawn, and tells the others where that is. */
function lookAround(
  { address, replica, sync, camera }: BoardParts,
  stage: Stage,
  index: SpatialIndex,
) {
  let isPlaced = rememberCamera(address.id, camera);
  const lookAtAll = () => {
    if (!isPlaced && index.size > 0) lookAt(camera, stage.size, index.bounds());
  };
  lookAtAll();
  const untouched = { x: camera.x, y: camera.y, zoom: camera.zoom };
  isPlaced ||= index.size > 0;
  const stop = replica.subscribe((_, cause) => {
    if (cause === "own") stop();
    if (cause !== "snapshot" || replica.loading) return;
    const { x, y, zoom } = untouched;
    if (camera.x === x && camera.y === y && camera.zoom === zoom) lookAtAll();
    stop();
  });
  const tell = () => {
    const { width, height } = stage.size;
    const { x, y, zoom } = camera;
    sync.sendLive({ viewport: [x, y, width / zoom, height / zoom] });
  };
  tell();
  camera.subscribe(tell);
}

function showOthers(sync: SyncClient, stage: Stage): void {
  sync.onPeers(() => stage.setRemote(sync.peers.values()));
}
