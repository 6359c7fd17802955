import type { BoardAddress } from "./board_address";
import { request } from "./server";

/** Asks the server for a picture's bytes; null while nobody has brought them. Throws `ServerRefusal`. */
export async function fetchPicture(board: BoardAddress, file: string): Promise<Blob | null> {
  const path = `/api/boards/${board.id}/images/${file}?soon=true`;
  const response = await request(path, board.token);
  return response.status === 204 ? null : await response.blob();
}
