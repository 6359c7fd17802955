import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { StorageProblem } from "../offline/journal";
import { openBoard as openKept } from "../offline/open_board";
import { Stage } from "../render/stage";
import { SpatialIndex } from "../spatial/index";
import { browserClock, browserNudges, webSocketTo } from "../sync/browser";
import type { Replica } from "../sync/replica";
import { SyncClient } from "../sync/sync_client";
import { theme } from "../theme/theme";
import { type BoardAddress, boardSocketUrl } from "./board_address";
import type { BoardFrame } from "./board_frame";
import type { OpenBoard } from "./board_parts";
import { fetchPicture } from "./fetch_picture";
import { me, sessionOfThisPage } from "./identity";
import { lookAround } from "./look_around";
import { offerPage } from "./page_handle";
import { frontsOf, peopleOf, shownPeers } from "./people";
import { Pictures } from "./pictures";
import { rememberBoard } from "./recent_boards";
import { Roster } from "./roster";
import { tellOfServer, tellOfStorage } from "./tell";
import { unpackPicture } from "./unpack_picture";

/** Shows what this device has of the board at once, then what the server has. */
export async function openBoard(frame: BoardFrame, surface: HTMLElement): Promise<OpenBoard> {
  const { address } = frame;
  const session = sessionOfThisPage();
  const kept = await openKept({ board: address.id, clock: browserClock, session });
  const { replica, histories } = kept;
  const index = new SpatialIndex();
  index.apply({ added: [...replica.elements()], updated: [], removed: [] });
  const pictures = new Pictures<ImageBitmap>({
    fetch: (file) => fetchPicture(address, file),
    unpack: unpackPicture,
    arrived: (files) => stage.repaintElements(showing(replica, files)),
    clock: browserClock,
  });
  const stage: Stage = new Stage(surface, replica, index, {
    theme: theme.value,
    picture: pictures.get,
    ownColour: () => me.value.color,
  });
  // The index first, the picture second: each reads what the one before it knows.
  replica.subscribe((changes, cause) => {
    index.apply(changes);
    stage.apply(changes, cause === "snapshot");
  });
  replica.onConfirmed((ids) => {
    if (ids === "all") stage.loaded();
  });
  const sync = connectionOf(address, replica, session);
  const { camera } = stage;
  const board = { address, replica, index, stage, pictures, camera, sync, histories };

  effect(() => stage.setTheme(theme.value));
  sync.onPeers(() => stage.setRemote(shownPeers([...sync.peers.values()], me.value.person)));
  effect(() => sync.rename(me.value.name, me.value.color));
  lookAround(board, frame.sight);
  fillFrame(frame, board, kept.storageProblem);
  remember(board);
  effect(() => {
    if (sync.state.value === "live") pictures.again();
  });
  tellOfServer(replica, sync);
  tellOfStorage(kept.storageProblem, sync, () => frame.model.exportAs("json"));
  addEventListener("pagehide", () => void kept.flush());
  offerPage(board);
  sync.start();
  return board;
}

function connectionOf({ id, token }: BoardAddress, replica: Replica, session: string): SyncClient {
  const { person, name, color } = me.value;
  return new SyncClient({
    board: id,
    token,
    session,
    person,
    name,
    color,
    replica,
    openSocket: webSocketTo(boardSocketUrl(id, new URL(location.href))),
    clock: browserClock,
    nudges: browserNudges,
  });
}

/** Keeps what the chrome shows up to date. */
function fillFrame(
  frame: BoardFrame,
  { replica, sync, camera }: OpenBoard,
  storageProblem: ReadonlySignal<StorageProblem | null>,
): void {
  const status = signal(0);
  replica.onStatus(() => status.value++);
  replica.subscribe(() => status.value++);
  const peers = peersSignal(sync);
  effect(() => {
    // Until the board is here, the title of the last visit is the best there is.
    if (frame.ready.value || sync.title.value !== "") frame.title.value = sync.title.value;
    frame.role.value = sync.role.value;
    const [state, pending] = [sync.state.value, sync.pending.value];
    const isKept = storageProblem.value === null;
    frame.connection.value = { state, pending, isKept, isHeldBack: !sync.mayPush.value };
    const problem = sync.problem.value;
    frame.stopped.value = problem && { reason: problem.kind, details: String(problem.code) };
  });
  effect(() => {
    status.value;
    const isHere = replica.position !== null || sync.state.value === "live";
    frame.ready.value ||= isHere && !(replica.loading && replica.size === 0);
  });
  effect(() => {
    status.value;
    peers.value;
    const isDrawn = [...sync.peers.values()].some(
      ({ inks, drafts }) => inks.size + drafts.length > 0,
    );
    frame.isBlank.value = replica.size === 0 && !isDrawn && !frame.isBegun.value;
  });
  const roster = new Roster(browserClock, (people) => {
    frame.people.value = people;
  });
  effect(() => {
    peers.value;
    roster.set(peopleOf(sync.peers.values(), me.value, sync.role.value));
  });
  const zoomed = () => {
    frame.zoom.value = camera.zoom;
  };
  zoomed();
  camera.subscribe(zoomed);
}

/** Changes when people do, or what they are said to do: cursors that move must not draw the chrome anew. */
function peersSignal(sync: SyncClient): ReadonlySignal<string> {
  const key = signal("");
  sync.onPeers(() => {
    const told = [...frontsOf(sync.peers.values()).values()].map((front) => front.peer);
    const peers = [...sync.peers.values()].map((peer) => [
      peer.person,
      peer.name,
      peer.color,
      peer.role,
      peer.following,
      peer.availability,
      peer.inks.size + peer.drafts.length > 0,
    ]);
    key.value = JSON.stringify([told, peers]);
  });
  return key;
}

/** The elements that show one of the pictures. */
function showing(replica: Replica, files: ReadonlySet<string>): string[] {
  const ids: string[] = [];
  for (const element of replica.elements()) {
    if (element.type === "image" && files.has(element.file)) ids.push(element.id);
  }
  return ids;
}

/** Keeps the board in this browser's list. */
function remember({ address, sync }: OpenBoard): void {
  effect(() => {
    const role = sync.role.value;
    if (role !== null) {
      rememberBoard({ ...address, role, title: sync.title.value, openedAt: Date.now() });
    }
  });
}
