import type { Editor } from "../editor/editor";
import type { HistoryKeeper } from "../offline/history_rows";
import type { Camera } from "../render/camera";
import type { Stage } from "../render/stage";
import type { SpatialIndex } from "../spatial/index";
import type { Replica } from "../sync/replica";
import type { SyncClient } from "../sync/sync_client";
import type { BoardAddress } from "./board_address";
import type { Pictures } from "./pictures";

/** A board that is on the screen and in touch with the server. */
export interface OpenBoard {
  readonly address: BoardAddress;
  readonly replica: Replica;
  readonly index: SpatialIndex;
  readonly stage: Stage;
  readonly pictures: Pictures;
  readonly camera: Camera;
  readonly sync: SyncClient;
  readonly histories: HistoryKeeper;
}

/** An open board that can be drawn on. */
export interface Drawable extends OpenBoard {
  readonly editor: Editor;
}
