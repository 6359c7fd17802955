import { linesOf } from "./lines";
import { request, ServerRefusal } from "./server";

/** What a file brought in. */
export interface Imported {
  readonly ids: readonly string[];
  readonly count: number;
  /** x, y, width, height in world units; null when nothing was drawn. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** What was left out, by its name in the file, and how often. */
  readonly skipped: Readonly<Record<string, number>>;
}

type Line =
  | { readonly done: number; readonly total: number }
  | { readonly result: Imported }
  | { readonly error: string; readonly where?: string };

/**
 * Sends a file to the board, its middle at a world point, in the name of a person.
 *
 * `told` hears how many of how many elements are on the board. Throws `ServerRefusal`.
 */
export async function importFile(
  board: { readonly id: string; readonly token: string },
  file: File,
  at: { readonly x: number; readonly y: number; readonly person: string },
  told: (done: number, total: number) => void,
): Promise<Imported> {
  const { x, y, person } = at;
  const query = new URLSearchParams({ name: file.name, x: String(x), y: String(y), person });
  const response = await request(`/api/boards/${board.id}/import?${query}`, board.token, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  });
  if (response.body === null) throw new ServerRefusal(0, "no answer");
  for await (const text of linesOf(response.body)) {
    const line = JSON.parse(text) as Line;
    if ("result" in line) return line.result;
    if ("error" in line) throw new ServerRefusal(0, line.error, line.where);
    told(line.done, line.total);
  }
  throw new ServerRefusal(0, "the answer broke off");
}
