import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A picture that the server does not have yet. */
export interface WaitingPicture {
  readonly board: string;
  /** sha256 of its bytes. */
  readonly file: string;
  /** What people know it by. */
  readonly name: string;
  readonly bytes: Blob;
}

interface Row {
  readonly board: string;
  readonly file: string;
  readonly name: string;
  readonly type: string;
  /** Not a blob: some browsers lose those of a database. */
  readonly data: ArrayBuffer;
}

interface Schema extends DBSchema {
  pictures: { key: [string, string]; value: Row; indexes: { board: string } };
}

/** Pictures that wait in this browser until the server has them; a database of its own, opened when it is needed. */
export class WaitingPictures {
  readonly #open: () => Promise<IDBPDatabase<Schema>>;
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(open = openPictures) {
    this.#open = open;
  }

  /** Rejects where the browser has no room for it. */
  async add(picture: WaitingPicture): Promise<void> {
    const { board, file, name, bytes } = picture;
    const row = { board, file, name, type: bytes.type, data: await bytes.arrayBuffer() };
    await (await this.#opened()).put("pictures", row);
  }

  async of(board: string): Promise<WaitingPicture[]> {
    const rows = await (await this.#opened()).getAllFromIndex("pictures", "board", board);
    return rows.map(({ file, name, type, data }) => {
      return { board, file, name, bytes: new Blob([data], { type }) };
    });
  }

  async remove(board: string, file: string): Promise<void> {
    await (await this.#opened()).delete("pictures", [board, file]);
  }

  #opened(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= this.#open();
    return this.#database;
  }
}

function openPictures(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>("inkwire-pictures", 1, {
    upgrade(database) {
      const pictures = database.createObjectStore("pictures", { keyPath: ["board", "file"] });
      pictures.createIndex("board", "board");
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}
