import { hotPool } from "@/server/db/pools";
import { readId } from "@/core/ids";
import type { OrganizationId } from "@/server/db/tenant";

/** Text is looked for in this many of the newest runs, so that a search costs the same however long the history is. */
const window = 10_000;
const limit = 500;

/**
 * Ids of runs that a text means: an id in any of its forms (the short `run_8f3a` too), who it is for, or a value of its
 * input. What people may not see cannot be guessed by looking for it either: of runs with sensitive values only the id is
 * looked at. Newest first.
 */
export async function searchRuns(organizationId: OrganizationId, text: string): Promise<string[]> {
  const id = readId("run", text);
  if (id !== null) return [id];
  const shortId = /^(?:run_)?([0-9a-f]{4})$/i.exec(text)?.[1]?.toLowerCase() ?? null;
  const { rows } = await hotPool().query<{ id: string }>({
    name: "run_search",
    text: `select n.id from (select id, version_id, requested_by, input, created_at from runs where organization_id = $1 order by created_at desc, id limit ${String(window)}) n
           where right(n.id::text, 4) = $4 or ((n.requested_by ilike $2 or n.input::text ilike $3)
             and not exists (select 1 from workflow_versions v where v.id = n.version_id and v.spec::text like '%sensitive"%'))
           order by n.created_at desc limit ${String(limit)}`,
    values: [organizationId, contains(text), contains(JSON.stringify(text).slice(1, -1)), shortId],
  });
  return rows.map((row) => row.id);
}

function contains(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
