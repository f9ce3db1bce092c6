import { z } from "zod";
import type { AuditItem } from "@/core/contracts/audit";
import { badCursor, decodeCursor, encodeCursor } from "@/server/api/rest/paging";
import { requireScope, type Actor } from "@/server/db/tenant";
import { readTime, listPage, type ListOrder, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { countLines, readLines, type LineFilter, type LinePosition } from "./line-store";
import { findEntries, type AuditRow } from "./repository";

export { proofOf } from "./links";
export { checkChain, readChain } from "./own-chain";
export { createSealer } from "./seal";
export type { LineFilter } from "./line-store";

export interface AuditQuery {
  limit: number;
  offset: number;
  cursor?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  action?: string | undefined;
  /** Id of the member, key or contact. */
  actor?: string | undefined;
  since?: Date | undefined;
  /** Up to but without. */
  until?: Date | undefined;
}

const rowJsonSchema = z.object({
  actor: z.object({ type: z.string(), id: z.string(), name: z.string(), via: z.string() }),
  data: z.json(),
});

/** A page of the log, newest first. Written with `writeAudit` in the transaction of the act itself. */
export async function listAudit(
  actor: Actor,
  { cursor, limit, ...query }: AuditQuery,
): Promise<{ entries: AuditItem[]; nextCursor: string | null }> {
  requireScope(actor, "audit:read");
  const before = cursor === undefined ? null : readCursor(cursor);
  const rows = await findEntries(actor.organizationId, { ...query, limit: limit + 1, before });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map(describe),
    nextCursor: rows.length > limit && last ? encodeCursor([String(last.id)]) : null,
  };
}

const byLineTime: ListOrder<AuditRow, LinePosition> = {
  length: 2,
  write: ({ at, id }) => [at.toISOString(), String(id)],
  read([timeText = "", id = ""]) {
    const at = readTime(timeText);
    return at !== null && /^\d{1,18}$/.test(id) ? { at, id } : null;
  },
};

/** The log as people read it: newest first by the time at which something happened. */
export async function listLines(actor: Actor, filter: LineFilter, request: PageRequest): Promise<Page<AuditItem>> {
  requireScope(actor, "audit:read");
  const page = await listPage(request, byLineTime, (slice) => readLines(actor.organizationId, filter, slice));
  return { ...page, items: page.items.map(describe) };
}

/** How many lines match, up to `most`; only those that came after one, with `newerThan`. */
export async function countLinesFor(
  actor: Actor,
  filter: LineFilter,
  { most, newerThan }: { most: number; newerThan?: { at: string; id: string } | undefined },
): Promise<number> {
  requireScope(actor, "audit:read");
  return countLines(actor.organizationId, filter, {
    most,
    newerThan: newerThan && { at: new Date(newerThan.at), id: newerThan.id },
  });
}

function readCursor(cursor: string): bigint {
  const [id = ""] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(id)) throw badCursor();
  return BigInt(id);
}

function describe(row: AuditRow): AuditItem {
  const { actor, data } = rowJsonSchema.parse({ actor: row.actor, data: row.data });
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actor,
    action: row.action,
    subject: { type: row.subjectType, id: row.subjectId },
    data,
    address: row.address,
    auth: row.auth,
    payload_hash: row.payloadHash,
  };
}
