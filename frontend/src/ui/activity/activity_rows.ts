import { hasWords, type MessageKey, t } from "../../i18n/translate";
import type { ActivityEvent, ActivityKind } from "./activity_model";

/** What one person goes on doing within so long is one row. */
const TOGETHER_MS = 60_000;
const MOST_NAMED = 20;
const SUMMED: ReadonlySet<ActivityKind> = new Set([
  "drew",
  "edited",
  "deleted",
  "undid",
  "redid",
  "imported",
]);

/** Newest first; sums that follow each other and say the same of the same person are one. */
export function rowsOf(events: readonly ActivityEvent[]): readonly ActivityEvent[] {
  const rows: ActivityEvent[] = [];
  for (const event of events) {
    const before = rows.at(-1);
    if (before && goesOn(before, event)) rows[rows.length - 1] = joined(before, event);
    else rows.push(event);
  }
  return rows.reverse();
}

function goesOn(before: ActivityEvent, event: ActivityEvent): boolean {
  return (
    before.type === event.type &&
    before.person === event.person &&
    SUMMED.has(before.type) &&
    event.at - before.at < TOGETHER_MS
  );
}

function joined(before: ActivityEvent, event: ActivityEvent): ActivityEvent {
  const kinds: Record<string, number> = { ...before.kinds };
  for (const [kind, count] of Object.entries(event.kinds ?? {}))
    kinds[kind] = (kinds[kind] ?? 0) + count;
  const named = before.elements !== undefined && event.elements !== undefined;
  const elements = named ? [...new Set([...before.elements!, ...event.elements!])] : [];
  const { elements: _, ...rest } = event;
  const place = around(before.place, event.place);
  return {
    ...rest,
    count: (before.count ?? 0) + (event.count ?? 0),
    kinds,
    ...(place && { place }),
    ...(named && elements.length <= MOST_NAMED && { elements }),
  };
}

type Place = NonNullable<ActivityEvent["place"]>;

function around(a: Place | undefined, b: Place | undefined): Place | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

const DID: Readonly<Record<ActivityKind, MessageKey>> = {
  joined: "activity.joined",
  left: "activity.left",
  drew: "activity.drew",
  edited: "activity.edited",
  deleted: "activity.deleted",
  undid: "activity.undid",
  redid: "activity.redid",
  renamed: "activity.renamed",
  imported: "activity.imported",
  exported: "activity.exported",
};

/** What was done, after the person's name: "drew 12 strokes". */
export function wordsOf({
  type,
  kinds = {},
  count = 0,
  title,
  format = "",
}: ActivityEvent): string {
  if (type === "renamed" && !title) return t("activity.unnamed");
  const things = Object.keys(kinds).filter((kind) => kind !== "freedraw");
  const isInk = type === "drew" && things.length === 0;
  const values = { n: count, title: title ?? "", format: format.toUpperCase() };
  if (type !== "drew" || isInk) return t(DID[type], values);
  const names = things
    .map((kind) => nameOf(kind))
    .concat("freedraw" in kinds ? t("activity.ink") : []);
  return t("activity.added", { n: count, things: names.join(", ") });
}

function nameOf(kind: string): string {
  const key = `tool.${kind}`;
  return (hasWords(key) ? t(key) : kind).toLowerCase();
}
