import type { Role } from "../generated/protocol";
import { t } from "../i18n/translate";

/** What the server said no to, in words for people, and where in what was sent, if it knows. */
export class ServerRefusal extends Error {
  override readonly name = "ServerRefusal";
  readonly status: number;
  readonly where: string;

  constructor(status: number, words: string, where = "") {
    super(words);
    this.status = status;
    this.where = where;
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
  if (!response.ok) throw await refusalIn(response);
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

async function refusalIn(response: Response): Promise<ServerRefusal> {
  const { status } = response;
  return refusalOf(status, status < 500 ? await response.text().catch(() => "") : "");
}

/** The refusal that an answer is. */
export function refusalOf(status: number, text: string): ServerRefusal {
  if (status === 413) return new ServerRefusal(status, t("error.tooLarge"));
  if (status === 429) return new ServerRefusal(status, t("error.tooMany"));
  if (status < 500) {
    try {
      const body = JSON.parse(text) as Record<string, unknown>;
      const where = typeof body.where === "string" ? body.where : "";
      for (const words of [body.message, body.detail, body.error]) {
        if (typeof words === "string") return new ServerRefusal(status, words, where);
      }
    } catch {
      // Not JSON: the number has to do.
    }
  }
  return new ServerRefusal(status, t("error.status", { status }));
}
