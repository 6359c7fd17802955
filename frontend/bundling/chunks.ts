/**
 * Which module goes into which file. Left alone, the bundler makes a file of whatever two parts share; each file has
 * a dictionary of its own when it is compressed, and says by name what it takes from the others.
 */

/** The entry, which chooses the page: its file is the bundler's matter. */
const ENTRY = "main.ts";

type Part = readonly [chunk: string, roots: readonly string[]];

/** What each page fetches, in this order; a module goes with the first part that needs it. */
const PAGES: readonly (readonly Part[])[] = [
  [["landing", ["session/landing.ts"]]],
  [["activity", ["session/open_activity.ts"]]],
  [
    ["frame", ["session/enter_board.ts", "ui/board/stopped.tsx"]],
    ["board", ["session/whole_board.ts"]],
    ["on_demand", ["session/on_demand.ts", "ui/board/on_demand.ts", "document/canonical.ts"]],
  ],
];
/** What two pages need. */
const SHARED = "page";

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Names the chunk of a module; null leaves it to the bundler. */
export function chunkOf(source: string): (id: string, modules: Modules) => string | null {
  let chunks: ReadonlyMap<string, string | null> | null = null;
  return (id, modules) => {
    chunks ??= divide(source, modules);
    return chunks.get(id) ?? null;
  };
}

function divide(source: string, modules: Modules): ReadonlyMap<string, string | null> {
  const needs = (roots: readonly string[]) =>
    closure(
      roots.map((root) => `${source}/${root}`),
      modules,
    );
  const chunks = new Map<string, string | null>();
  const give = (ids: Iterable<string>, chunk: string | null) => {
    for (const id of ids) if (!chunks.has(id)) chunks.set(id, chunk);
  };
  give(needs([ENTRY]), null);
  const seen = new Set<string>();
  for (const parts of PAGES) {
    const whole = needs(parts.flatMap(([, roots]) => roots));
    give(
      [...whole].filter((id) => seen.has(id)),
      SHARED,
    );
    for (const id of whole) seen.add(id);
  }
  for (const [chunk, roots] of PAGES.flat()) give(needs(roots), chunk);
  return chunks;
}

/** These modules and all that they import before they run. */
function closure(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...roots];
  while (waiting.length > 0) {
    const id = waiting.pop() as string;
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
