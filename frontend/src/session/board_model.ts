import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { ChangeSet } from "../document/change_set";
import type { Editor } from "../editor/editor";
import type { Command } from "../editor/tool";
import type { Element } from "../generated/protocol";
import type { Camera } from "../render/camera";
import type { Replica } from "../sync/replica";
import type { SyncClient } from "../sync/sync_client";
import type { BoardModel, Person, Stop } from "../ui/board/board_model";
import type { BoardAddress } from "./board_address";
import { exportBoard } from "./export_file";
import { me, rename } from "./identity";
import { bringIn } from "./import_to_board";
import { goToNewBoard } from "./new_board";
import { peopleOf } from "./people";
import { shareLinks } from "./share_links";
import { tellFailure } from "./tell";

/** The parts of an open board. */
export interface BoardParts {
  readonly address: BoardAddress;
  readonly replica: Replica;
  readonly sync: SyncClient;
  readonly editor: Editor;
  readonly camera: Camera;
  readonly commands: readonly Command[];
  readonly helpOpen: { value: boolean };
}

/** What the chrome shows, put together from the parts. */
export function boardModel(parts: BoardParts): BoardModel {
  const { address, replica, sync, editor, camera } = parts;
  return {
    editor,
    commands: parts.commands,
    helpOpen: parts.helpOpen,
    selected: selectedElements(editor, replica),
    zoom: zoomOf(camera),
    title: sync.title,
    role: sync.role,
    connection: computed(() => ({ state: sync.state.value, pending: sync.pending.value })),
    ready: readyOf(replica, sync),
    isEmpty: emptyOf(replica),
    people: peopleSignal(sync),
    stopped: computed<Stop | null>(() => {
      const problem = sync.problem.value;
      return problem && { reason: problem.kind, details: String(problem.code) };
    }),
    rename: (title) => replica.edit([["title", title]], editor.newGesture()),
    renameMe(name, color) {
      rename(name, color);
      sync.rename(me.value.name, me.value.color);
    },
    shareLinks: () => shareLinks(address, sync.role.value),
    exportAs: (format) => void exportBoard(address, sync.title.value, format),
    importFile: (file, at) => void bringIn(parts, file, at),
    newBoard: () =>
      void goToNewBoard().catch((error) => tellFailure("landing.createFailed", error)),
    retry: () => sync.retry(),
  };
}

function zoomOf(camera: Camera): ReadonlySignal<number> {
  const zoom = signal(camera.zoom);
  camera.subscribe(() => {
    zoom.value = camera.zoom;
  });
  return zoom;
}

/** The selected elements as they are now, whoever changes them. */
function selectedElements(editor: Editor, replica: Replica): ReadonlySignal<readonly Element[]> {
  const changed = signal(0);
  replica.subscribe(({ updated }: ChangeSet) => {
    const selection = editor.selection.peek();
    if (selection.size > 0 && updated.some(({ after }) => selection.has(after.id))) changed.value++;
  });
  return computed(() => {
    changed.value;
    return editor.existing(editor.selection.value);
  });
}

/** Whether there is a board to show: the last visit's copy, or the server's first complete answer. */
function readyOf(replica: Replica, sync: SyncClient): ReadonlySignal<boolean> {
  const positioned = signal(replica.position !== null);
  replica.onStatus(() => {
    positioned.value ||= replica.position !== null;
  });
  return computed(() => positioned.value || sync.state.value === "live");
}

function emptyOf(replica: Replica): ReadonlySignal<boolean> {
  const isEmpty = signal(replica.size === 0);
  replica.subscribe(() => {
    isEmpty.value = replica.size === 0;
  });
  return isEmpty;
}

/** People change far more rarely than what they do: cursors moving must not draw the chrome anew. */
function peopleSignal(sync: SyncClient): ReadonlySignal<readonly Person[]> {
  const key = signal("");
  const look = () => {
    const whos = [...sync.peers.values()].map(({ person, name, color, role }) => [
      person,
      name,
      color,
      role,
    ]);
    key.value = JSON.stringify(whos);
  };
  sync.onPeers(look);
  return computed(() => {
    key.value;
    return peopleOf(sync.peers.values(), me.value, sync.role.value);
  });
}
