import type { Json } from "@/core/json";
import { defaultConfig, type Spec, type Trigger, type WorkflowConfig } from "@/core/workflow/document";
import { hotPool } from "@/server/db/pools";

/** What a start needs to know of a workflow row. */
export interface StartableWorkflow {
  id: string;
  organizationId: string;
  slug: string;
  name: string;
  status: string;
  enabled: boolean;
  whileDraft: string;
  /** Publishing waits for a second person. */
  reviewRequired: boolean;
  publishedVersion: number | null;
  /** Of the published version. */
  versionId: string | null;
  ownerId: string;
}

export interface StoredVersion {
  id: string;
  number: number;
  spec: Spec;
  triggers: Trigger[];
  config: WorkflowConfig;
  publishedAt: Date | null;
}

/** The address of a webhook trigger and the workflow behind it. */
export interface WebhookAddress extends StartableWorkflow {
  addressId: string;
  triggerId: string;
  secretSealed: string | null;
  /** Whether it has, or ever had, a secret. */
  hadSecret: boolean;
  /** Neither what is live nor what is being written has it any more, or the workflow is in the trash. */
  isRemoved: boolean;
  /** The trigger as the live version has it; as the draft has it while no version that is live does. */
  definition: Trigger;
}

const workflowColumns = `w.id, w.organization_id as "organizationId", w.slug, w.name, w.status, w.enabled, w.while_draft as "whileDraft",
  w.review_required as "reviewRequired",
  w.published_version as "publishedVersion", v.id as "versionId", w.owner_id as "ownerId"`;
const publishedJoin = "left join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version";
const versionColumns = `id, number, spec, triggers, config, published_at as "publishedAt"`;

export async function findStartable(
  organizationId: string,
  by: { id: string } | { slug: string },
): Promise<StartableWorkflow | null> {
  const byId = "id" in by;
  const { rows } = await hotPool().query<StartableWorkflow>({
    name: byId ? "workflow_start_by_id" : "workflow_start_by_slug",
    text: `select ${workflowColumns} from workflows w ${publishedJoin}
      where w.organization_id = $1 and ${byId ? "w.id" : "w.slug"} = $2 and w.archived_at is null`,
    values: [organizationId, byId ? by.id : by.slug],
  });
  return rows[0] ?? null;
}

export async function findWebhookAddress(tokenHash: string, type: string): Promise<WebhookAddress | null> {
  const { rows } = await hotPool().query<WebhookAddress>({
    name: "webhook_address",
    text: `select ${workflowColumns}, t.id as "addressId", t.trigger_id as "triggerId", t.secret_sealed as "secretSealed", t.had_secret as "hadSecret", t.definition,
        w.archived_at is not null or not (t.is_live or coalesce(v.triggers::jsonb @> this.own, false)
          or exists (select from workflow_versions h where h.workflow_id = w.id and h.number = w.head_version and h.triggers::jsonb @> this.own)
          or exists (select from workflow_drafts d where d.workflow_id = w.id and d.triggers::jsonb @> this.own)) as "isRemoved"
      from active_triggers t join workflows w on w.id = t.workflow_id ${publishedJoin},
        lateral (select jsonb_build_array(jsonb_build_object('id', t.trigger_id, 'type', t.type)) as own) this
      where t.token_hash = $1 and t.type = $2`,
    values: [tokenHash, type],
  });
  return rows[0] ?? null;
}

export async function findStoredVersion(id: string): Promise<StoredVersion | null> {
  const { rows } = await hotPool().query<StoredVersion>({
    name: "version_start",
    text: `select ${versionColumns} from workflow_versions where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function findStoredVersionByNumber(workflowId: string, number: number): Promise<StoredVersion | null> {
  const { rows } = await hotPool().query<StoredVersion>(
    `select ${versionColumns} from workflow_versions where workflow_id = $1 and number = $2 and number > 0`,
    [workflowId, number],
  );
  return rows[0] ?? null;
}

/** What versions of a workflow do, by their numbers: with the variables that they read and what starts them. */
export async function findVersionSpecs(
  workflowId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { spec: Spec; triggers: Trigger[]; config: WorkflowConfig }>> {
  const { rows } = await hotPool().query<{
    number: number;
    spec: Spec;
    triggers: Trigger[] | null;
    config: Partial<WorkflowConfig> | null;
  }>("select number, spec, triggers, config from workflow_versions where workflow_id = $1 and number = any($2)", [
    workflowId,
    [...numbers],
  ]);
  return new Map(
    rows.map(({ number, spec, triggers, config }) => [
      number,
      { spec, triggers: triggers ?? [], config: { ...defaultConfig, ...config } },
    ]),
  );
}

export interface ActivityRow {
  workflowId: string;
  /** YYYY-MM-DD in UTC */
  day: string;
  completed: number;
  failed: number;
  other: number;
}

/** How often each workflow ran, tests left out. */
export async function countRuns(organizationId: string, workflowIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await hotPool().query<{ workflowId: string; runs: string }>(
    `select w.id as "workflowId", w.runs_counted + (
        select count(*) from runs r where r.organization_id = w.organization_id and r.workflow_id = w.id
          and r.created_at >= w.runs_counted_to and not r.test) as runs
    from workflows w where w.organization_id = $1 and w.id = any($2)`,
    [organizationId, [...workflowIds]],
  );
  return new Map(rows.map(({ workflowId, runs }) => [workflowId, Number(runs)]));
}

/** A start may be under way for so long before its row is seen. */
const settledAfter = "1 minute";

/** Counts the runs that were started since the last time, so that nobody ever counts a whole history. Any number may call it. */
export async function sumUpRuns(): Promise<void> {
  await hotPool().query(
    `with mark as (select date_trunc('milliseconds', now() - interval '${settledAfter}') as until),
    due as (
      select w.id, mark.until, (
        select count(*) from runs r where r.organization_id = w.organization_id and r.workflow_id = w.id
          and r.created_at >= w.runs_counted_to and r.created_at < mark.until and not r.test) as more
      from workflows w, mark where w.runs_counted_to < mark.until
      for update of w skip locked
    )
    update workflows set runs_counted = workflows.runs_counted + due.more, runs_counted_to = due.until from due where workflows.id = due.id`,
  );
}

/** How many runs were started on each day, by how they ended; tests left out. */
export async function runActivity(
  organizationId: string,
  workflowIds: readonly string[],
  since: Date,
): Promise<ActivityRow[]> {
  const { rows } = await hotPool().query<ActivityRow>(
    `select workflow_id as "workflowId", to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'failed')::int as failed,
      count(*) filter (where status not in ('completed', 'failed'))::int as other
    from runs where organization_id = $1 and created_at >= $2 and workflow_id = any($3) and not test
    group by 1, 2`,
    [organizationId, since, [...workflowIds]],
  );
  return rows;
}

/** Triggers of the head version of each workflow. */
export async function listHeadTriggers(
  organizationId: string,
  workflowIds: readonly string[],
): Promise<Map<string, Json>> {
  const { rows } = await hotPool().query<{ workflowId: string; triggers: Json }>(
    `select w.id as "workflowId", v.triggers from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.number = w.head_version
    where w.organization_id = $1 and w.id = any($2)`,
    [organizationId, [...workflowIds]],
  );
  return new Map(rows.map(({ workflowId, triggers }) => [workflowId, triggers]));
}

export interface UpcomingRow {
  workflowId: string;
  hasDraft: boolean;
  /** Of the live version's schedules. */
  nextRunAt: Date | null;
}

/** Whether somebody edits each workflow, and when its schedules start it next. */
export async function findUpcoming(organizationId: string, workflowIds: readonly string[]): Promise<UpcomingRow[]> {
  const { rows } = await hotPool().query<UpcomingRow>(
    `select w.id as "workflowId", d.workflow_id is not null as "hasDraft",
      (select min(t.next_at) from active_triggers t where t.workflow_id = w.id and t.type = 'schedule') as "nextRunAt"
    from workflows w left join workflow_drafts d on d.workflow_id = w.id
    where w.organization_id = $1 and w.id = any($2)`,
    [organizationId, [...workflowIds]],
  );
  return rows;
}
