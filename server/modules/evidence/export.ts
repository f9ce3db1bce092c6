import { auditNoun, auditWay, auditWords } from "@/core/audit-words";
import type { ActivityEntry } from "@/core/contracts/audit";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { withoutTokens } from "@/server/token-words";
import { requireScope, type Actor } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import { csvLine } from "@/server/http/csv";
import { textFile } from "@/server/http/text-file";
import { countActivity, listActivity, type ActivityFilter } from "./service";

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** More is a matter of several files. */
export const mostExported = 100_000;
const linesAtOnce = 200;

/** What matches, newest first, as a file. That it was taken is a line of the log itself. Lines that come meanwhile are not in it. */
export async function exportActivity(actor: Actor, filter: ActivityFilter, format: ExportFormat): Promise<Response> {
  requireScope(actor, "audit:read");
  const now = new Date();
  const asked = { ...filter, until: filter.until !== undefined && filter.until < now ? filter.until : now };
  const lines = await countActivity(actor, asked, mostExported + 1);
  if (lines > mostExported)
    throw new AppError(
      "validation_failed",
      "More than 100,000 lines match, and a file holds no more. Choose a shorter time, and export one file for each.",
    );
  await noteAct(
    actor,
    "audit.exported",
    { type: "audit", id: actor.organizationId },
    { format, lines, ...facts(filter) },
  );
  const name = `activity-${now.toISOString().slice(0, 10)}.${format}`;
  const type = format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8";
  return textFile(name, type, pieces(actor, asked, format));
}

async function* pieces(actor: Actor, filter: ActivityFilter, format: ExportFormat): AsyncGenerator<string, void> {
  // The mark tells spreadsheets that it is UTF-8.
  if (format === "csv") yield `\uFEFF${csvLine(columns)}`;
  let cursor: string | undefined;
  let left = mostExported;
  do {
    const { items, nextCursor } = await listActivity(actor, filter, {
      limit: Math.min(linesAtOnce, left),
      offset: 0,
      cursor,
    });
    left -= items.length;
    if (items.length > 0) yield items.map((item) => written(shown(item), format)).join("");
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && left > 0);
}

/** Nobody reads where to answer for others. */
function shown(entry: ActivityEntry): ActivityEntry {
  return { ...entry, data: withoutTokens(entry.data) };
}

function written(entry: ActivityEntry, format: ExportFormat): string {
  return format === "csv" ? csvLine(cells(entry)) : `${JSON.stringify(entry)}\n`;
}

const columns = [
  "number",
  "time",
  "who",
  "who_type",
  "who_id",
  "what",
  "on_behalf_of",
  "about",
  "how",
  "address",
  "action",
  "subject_type",
  "subject_id",
  "details",
  "payload_hash",
];

function cells(entry: ActivityEntry): (string | null)[] {
  const { before, after } = auditWords(entry.action);
  return [
    entry.id,
    entry.at,
    entry.actor.name,
    entry.actor.type,
    entry.actor.id,
    after === null ? before : `${before} ${auditNoun(entry.subject.type)}${after}`,
    entry.onBehalfOf,
    entry.name,
    auditWay(entry.actor.via, entry.auth),
    entry.address,
    entry.action,
    entry.subject.type,
    entry.subject.id,
    entry.data === null ? null : JSON.stringify(entry.data),
    entry.payload_hash,
  ];
}

/** The filter as the log keeps it. */
function facts({ since, until, ...filter }: ActivityFilter): JsonObject {
  const asked: [name: string, value: string | undefined][] = [
    ...Object.entries(filter),
    ["since", since?.toISOString()],
    ["until", until?.toISOString()],
  ];
  return { filter: Object.fromEntries(asked.flatMap(([name, value]) => (value ? [[name, value]] : []))) };
}
