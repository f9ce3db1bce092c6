import type { ActivityEntry } from "@/core/contracts/audit";
import type { Page, PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor } from "@/server/db/tenant";
import { countLinesFor, listLines, type LineFilter } from "@/server/modules/audit/service";
import { subjectsOf, withSubjects } from "./subjects";

/** What of the activity is asked for. */
export interface ActivityFilter extends Omit<LineFilter, "subjects"> {
  /** What it is about: an id, or what it is called. */
  search?: string | undefined;
}

/** Who did what, newest first, in words. */
export async function listActivity(
  actor: Actor,
  filter: ActivityFilter,
  request: PageRequest,
): Promise<Page<ActivityEntry>> {
  requireScope(actor, "audit:read");
  const { items, nextCursor } = await listLines(actor, await lineFilter(actor, filter), request);
  return { items: await withSubjects(actor, items), nextCursor };
}

/** More than a hundred new lines are said as "more than 100". */
const mostNewer = 101;

/** How many lines came since the newest one that is shown. */
export async function countNewer(
  actor: Actor,
  filter: ActivityFilter,
  newerThan: { at: string; id: string },
): Promise<number> {
  requireScope(actor, "audit:read");
  return countLinesFor(actor, await lineFilter(actor, filter), { most: mostNewer, newerThan });
}

/** How many lines match, or `most`. */
export async function countActivity(actor: Actor, filter: ActivityFilter, most: number): Promise<number> {
  requireScope(actor, "audit:read");
  return countLinesFor(actor, await lineFilter(actor, filter), { most });
}

async function lineFilter(actor: Actor, { search, ...filter }: ActivityFilter): Promise<LineFilter> {
  const query = search?.trim() ?? "";
  return query === "" ? filter : { ...filter, subjects: await subjectsOf(actor, query) };
}
