import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { closedOrganizations } from "@/server/auth/demo-organizations";
import { hotPool } from "@/server/db/pools";
import type { Slice, TimePosition } from "@/server/db/slice";

/** What one workflow did with an event. */
export type EventResult =
  | { workflowId: string; workflow: string; runId: string }
  | { workflowId: string; workflow: string; refused: { code: string; message: string }; held?: boolean }
  /** The filter of its trigger could not be worked out, so nothing was started. */
  | { workflowId: string; workflow: string; unclear: string };

export interface StoredEvent {
  id: string;
  organizationId: string;
  name: string;
  data: JsonObject;
  externalId: string | null;
  /** null: not worked on to the end yet. */
  results: EventResult[] | null;
  /** Tries that ended in an error, the last error, and when it was given up for that. */
  attempts: number;
  lastError: string | null;
  deadAt: Date | null;
  createdAt: Date;
}

export interface Listener {
  workflowId: string;
  slug: string;
  trigger: Trigger;
}

const eventColumns = `id, organization_id as "organizationId", name, data, external_id as "externalId", results,
  attempts, last_error as "lastError", dead_at as "deadAt", created_at as "createdAt"`;

/** False when this id came before under this name. */
export async function insertEvent(event: {
  id: string;
  organizationId: string;
  name: string;
  data: Json;
  externalId: string | null;
  results?: EventResult[];
}): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "event_insert",
    text: `insert into inbound_events (id, organization_id, name, data, external_id, results) values ($1, $2, $3, $4::jsonb, $5, $6::jsonb)
      on conflict (organization_id, name, external_id) do nothing`,
    values: [
      event.id,
      event.organizationId,
      event.name,
      JSON.stringify(event.data),
      event.externalId,
      event.results ? JSON.stringify(event.results) : null,
    ],
  });
  return rowCount === 1;
}

export async function findEventByExternalId(
  organizationId: string,
  name: string,
  externalId: string,
): Promise<StoredEvent | null> {
  const { rows } = await hotPool().query<StoredEvent>(
    `select ${eventColumns} from inbound_events where organization_id = $1 and name = $2 and external_id = $3`,
    [organizationId, name, externalId],
  );
  return rows[0] ?? null;
}

/** What became of the events with these ids of their sender; one that is not worked on to the end yet has no results. */
export async function findOutcomes(
  organizationId: string,
  name: string,
  externalIds: readonly string[],
): Promise<{ id: string; externalId: string; results: EventResult[] | null }[]> {
  const { rows } = await hotPool().query<{ id: string; externalId: string; results: EventResult[] | null }>({
    name: "event_outcomes",
    text: `select id, external_id as "externalId", results from inbound_events
      where organization_id = $1 and name = $2 and external_id = any($3)`,
    values: [organizationId, name, externalIds],
  });
  return rows;
}

export async function findEvent(organizationId: string, id: string): Promise<StoredEvent | null> {
  const { rows } = await hotPool().query<StoredEvent>(
    `select ${eventColumns} from inbound_events where organization_id = $1 and id = $2`,
    [organizationId, id],
  );
  return rows[0] ?? null;
}

export interface EventFilter {
  name?: string | undefined;
  status?: "done" | "open" | "dead" | undefined;
}

const statusConditions = {
  done: "results is not null",
  open: "results is null and dead_at is null",
  dead: "results is null and dead_at is not null",
} as const satisfies Record<NonNullable<EventFilter["status"]>, string>;

/** Newest first. */
export async function listEvents(
  organizationId: string,
  filter: EventFilter,
  { limit, offset, after }: Slice<TimePosition>,
): Promise<StoredEvent[]> {
  const { rows } = await hotPool().query<StoredEvent>(
    `select ${eventColumns} from inbound_events where organization_id = $1 and ($4::text is null or name = $4)
      ${filter.status === undefined ? "" : `and ${statusConditions[filter.status]}`}
      ${after ? "and (created_at, id) < ($5::timestamptz, $6::uuid)" : ""}
      order by created_at desc, id desc limit $2 offset $3`,
    [organizationId, limit, offset, filter.name ?? null, ...(after ? [after.time, after.id] : [])],
  );
  return rows;
}

/** Events whose process died before it was through with them, and those that failed before: these wait longer each time. */
export async function findUnfinished(olderThanMs: number, limit: number): Promise<StoredEvent[]> {
  // Those of a closed demo wait until it is opened again.
  const { rows } = await hotPool().query<StoredEvent>(
    `select ${eventColumns} from inbound_events where results is null and dead_at is null
      and created_at < now() - make_interval(secs => $1) * power(2, attempts) and organization_id <> all($3::uuid[])
      order by attempts, created_at limit $2`,
    [olderThanMs / 1000, limit, closedOrganizations()],
  );
  return rows;
}

export async function storeResults(id: string, results: readonly EventResult[]): Promise<void> {
  await hotPool().query({
    name: "event_results",
    text: "update inbound_events set results = $2::jsonb, last_error = null, dead_at = null where id = $1",
    values: [id, JSON.stringify(results)],
  });
}

/** One more try that ended in an error; after `mostAttempts` of them it is given up, until somebody offers it again. */
export async function storeFailure(id: string, error: string, mostAttempts: number): Promise<void> {
  await hotPool().query({
    name: "event_failure",
    text: `update inbound_events set attempts = attempts + 1, last_error = $2,
        dead_at = case when attempts + 1 >= $3 then now() else dead_at end
      where id = $1`,
    values: [id, error, mostAttempts],
  });
}

/** Triggers of live workflows that listen to one of these names. */
export async function findListeners(organizationId: string, names: readonly string[]): Promise<Listener[]> {
  const { rows } = await hotPool().query<{ workflowId: string; slug: string; definition: Trigger }>({
    name: "event_listeners",
    text: `select t.workflow_id as "workflowId", w.slug, t.definition
      from active_triggers t join workflows w on w.id = t.workflow_id
      where t.organization_id = $1 and t.event_name = any($2) and w.archived_at is null
      order by w.created_at, w.id, t.trigger_id`,
    values: [organizationId, [...names]],
  });
  return rows.map(({ workflowId, slug, definition }) => ({ workflowId, slug, trigger: definition }));
}
