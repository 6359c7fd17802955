import type { Role } from "../generated/protocol";
import { t } from "../i18n/translate";

/** What the server said no to, in words for people. */
export class ServerRefusal extends Error {
  override readonly name = "ServerRefusal";
  readonly status: number;

  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

export interface NewBoard {
  readonly id: string;
  readonly url: string;
  readonly links: Readonly<Partial<Record<Role, { readonly url: string; readonly token: string }>>>;
}

/** One request to the board's server; answers other than success become `ServerRefusal`. */
export async function request(path: string, token: string | null, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch {
    throw new ServerRefusal(0, t("error.offline"));
  }
  if (!response.ok) throw new ServerRefusal(response.status, await wordsOf(response));
  return response;
}

export async function createBoard(title?: string): Promise<NewBoard> {
  const response = await request("/api/boards", null, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(title === undefined ? {} : { title }),
  });
  return (await response.json()) as NewBoard;
}

async function wordsOf(response: Response): Promise<string> {
  const { status } = response;
  return wordsIn(status, status < 500 ? await response.text().catch(() => "") : "");
}

/** The refusal that an answer is. */
export function refusalOf(status: number, body: string): ServerRefusal {
  return new ServerRefusal(status, wordsIn(status, body));
}

function wordsIn(status: number, text: string): string {
  if (status === 413) return t("error.tooLarge");
  if (status === 429) return t("error.tooMany");
  if (status < 500) {
    try {
      const body = JSON.parse(text) as Record<string, unknown>;
      for (const words of [body.message, body.detail, body.error]) {
        if (typeof words === "string") return words;
      }
    } catch {
      // Not JSON: the number has to do.
    }
  }
  return t("error.status", { status });
}
