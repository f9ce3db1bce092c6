import type { RunEventItem } from "@/core/contracts/run";
import { splitNodeKey } from "@/core/engine/node-keys";
import type { Spec } from "@/core/workflow/document";
import { byTime, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor } from "@/server/db/tenant";
import { listReceipts, type ReceiptRow } from "./history-store";
import { findVersion, listRunEvents } from "./repository";
import { eventItem } from "./run-events";
import { allNodes } from "./all-nodes";
import { maskOfRun, masksOfRuns, noMask, type Mask } from "./sensitive";
import { hiddenMark } from "./sensitive-paths";
import { visibleRun } from "./visible-run";

/** A page of a run's events, in the order in which they happened. */
export async function eventsOf(
  actor: Actor,
  idText: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ events: RunEventItem[]; nextAfter: number | null }> {
  requireScope(actor, "runs:read");
  const run = await visibleRun(actor, idText);
  const [rows, masks] = await Promise.all([
    listRunEvents(run.id, { after, limit: limit + 1 }),
    masksOfRuns(actor.organizationId, [run.id]),
  ]);
  const mask = masks.get(run.id) ?? noMask;
  const events = rows.slice(0, limit).map((row) => eventItem(row, mask));
  return { events, nextAfter: rows.length > limit ? (events.at(-1)?.seq ?? null) : null };
}

const bySending = byTime<ReceiptRow>((row) => row.sentAt);

/** What a run's calls left, as far as it may be shown: the answer to a step with sensitive values is not. */
export async function receiptsOf(actor: Actor, idText: string, request: PageRequest): Promise<Page<ReceiptRow>> {
  requireScope(actor, "runs:read");
  const run = await visibleRun(actor, idText);
  const [page, version] = await Promise.all([
    listPage(request, bySending, (slice) => listReceipts(run.id, slice)),
    findVersion(actor.organizationId, run.versionId),
  ]);
  // Written only after validation against the same schema.
  const spec = version === null ? null : (version.spec as unknown as Spec);
  const nodes = spec === null ? [] : allNodes(spec);
  const mask = spec === null ? noMask : await maskOfRun(spec, run);
  const hidden = new Set(nodes.flatMap(({ id, sensitive = [] }) => (sensitive.length > 0 ? [id] : [])));
  const items = page.items.map((row) => ({
    ...row,
    url: urlShown(row, mask),
    response: hidden.has(splitNodeKey(row.key).nodeId) ? hiddenMark : mask(row.response),
  }));
  return { ...page, items };
}

/** Values may have been written into it in another way than they are recorded. */
function urlShown({ url, key }: ReceiptRow, mask: Mask): string {
  const hidden = mask.secrets.steps.get(splitNodeKey(key).nodeId)?.hidden ?? [];
  const isMade = hidden.some(({ path }) => path[0] === "input" && ["path", "query", "input"].includes(path[1] ?? ""));
  return isMade ? hiddenMark : mask(url);
}
