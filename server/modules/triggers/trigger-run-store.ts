import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { hotPool } from "@/server/db/pools";

export interface LastRun {
  /** The trigger's id, or `type:…` of starts that no trigger made. */
  trigger: string;
  id: string;
  status: string;
  createdAt: Date;
}

/** The newest run of each trigger, among the workflow's last thousand. Tests do not count. */
export async function lastRunsByTrigger(organizationId: string, workflowId: string): Promise<Map<string, LastRun>> {
  const { rows } = await hotPool().query<LastRun>({
    name: "trigger_last_runs",
    text: `select distinct on (trigger) trigger, id, status, "createdAt" from (
        select coalesce(trigger_id, 'type:' || trigger_type) as trigger, id, status, created_at as "createdAt", test
        from runs where organization_id = $1 and workflow_id = $2 order by created_at desc limit 1000
      ) r where not test order by trigger, "createdAt" desc`,
    values: [organizationId, workflowId],
  });
  return new Map(rows.map((row) => [row.trigger, row]));
}

export interface RequestableRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  triggers: Trigger[];
  schema: JsonObject | null;
  versionId: string;
  /** One of its steps calls something sensitive. */
  marksSensitive: boolean;
}

/** Live workflows with a trigger of one of these types, by name. `slug`: only that one. */
export async function listRequestable(
  organizationId: string,
  types: readonly string[],
  slug: string | null = null,
): Promise<RequestableRow[]> {
  const { rows } = await hotPool().query<RequestableRow>(
    `select w.id, w.slug, w.name, w.description, v.triggers, v.spec->'inputSchema' as schema, v.id as "versionId",
        v.spec::text like '%sensitive"%' as "marksSensitive"
      from workflows w join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version
      where w.organization_id = $1 and ($2::text is null or w.slug = $2) and w.archived_at is null and w.enabled
        and (w.status = 'active' or (w.status = 'draft' and w.while_draft = 'serve_published'))
        and jsonb_path_exists(v.triggers::jsonb, '$[*] ? (@.type == $types[*])', jsonb_build_object('types', $3::text[]))
      order by lower(w.name), w.id limit 500`,
    [organizationId, slug, types],
  );
  return rows;
}
