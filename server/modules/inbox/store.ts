import { mostCounted } from "@/core/contracts/inbox";
import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { ApprovalPosition } from "@/server/modules/approvals/service";

/** Something that waits for people, or did. */
export interface AskedRow {
  id: string;
  kind: "approval" | "form" | "handoff" | "failed";
  runId: string;
  workflowId: string;
  nodeId: string;
  status: string;
  outcome: string | null;
  assignees: string[];
  request: Json;
  resolution: Json;
  resolvedByName: string | null;
  resolvedAt: Date | null;
  dueAt: Date | null;
  createdAt: Date;
  undecidableSince: Date | null;
  undecidableWhy: string | null;
  /** Of its run. */
  version: number;
  requestedBy: string | null;
  test: boolean;
}

export interface AskedFilter {
  view: "pending" | "decided";
  /** Asked of one of these references. */
  refs: readonly string[];
  /** Who looks: what waits for more people has been decided by them, if they have given their word. */
  userId: string | null;
  /** Text in its headline, in who asked, or in the name of its workflow; null: all. */
  search: { text: string; /** In the workflow's name only. */ namesOnly: boolean } | null;
}

const columns = `asked.id, asked.kind, asked.run_id as "runId", asked.workflow_id as "workflowId", asked.node_id as "nodeId",
  asked.status, asked.outcome, asked.assignees, asked.request, asked.resolution, asked.resolved_by_name as "resolvedByName",
  asked.resolved_at as "resolvedAt", asked.due_at as "dueAt", asked.created_at as "createdAt",
  asked.undecidable_since as "undecidableSince", asked.undecidable_why as "undecidableWhy",
  runs.version, runs.requested_by as "requestedBy", runs.test`;
/** What waitpoints and failed runs have in common, in this order. */
const waiting = `id, kind, run_id, workflow_id, node_id, status, outcome, assignees, request, resolution, resolved_by_name, resolved_at,
  due_at, created_at, undecidable_since, undecidable_why`;
const failedColumns = `run_id as id, 'failed' as kind, run_id, workflow_id, node_id, status, settled_how as outcome, assignees,
  null::jsonb as request, null::jsonb as resolution, settled_by_name as resolved_by_name, settled_at as resolved_at,
  null::timestamptz as due_at, failed_at as created_at, null::timestamptz as undecidable_since, null::text as undecidable_why`;
const askable = "organization_id = $1 and kind in ('approval', 'form', 'handoff')";

/** Adds a value to the query's, and gives the place that stands for it. */
type Bind = (value: unknown, type: string) => string;
function binding(values: unknown[]): Bind {
  return (value, type) => `$${String(values.push(value))}::${type}`;
}

/**
 * Asked of these, or theirs to answer in somebody's name; or a question about it is theirs to answer. What somebody decided is not asked any more, though it can still be taken
 * back, or waits for more people.
 */
const pendingFor = (userId: string): string =>
  `${askable} and status = 'open' and effective_at is null and (assignees && $2::text[] and not votes @> jsonb_build_array(jsonb_build_object('people', jsonb_build_array(${userId})))
    and (voters = '{}' or ${userId} = any(voters::text[])) or id = any(array(select answered_for_others($1, ${userId})))
    or question_for = ${userId}::uuid)`;
const overFor = (userId: string): string =>
  `${askable} and status <> 'open' and (assignees && $2::text[]
    or delegations <> '[]' and delegations @> jsonb_build_array(jsonb_build_object('to', ${userId})))`;

/** `text`: a pattern of \`ilike\`. */
function searched(text: string, namesOnly: boolean): string {
  const ofWorkflow = `workflow_id in (select id from workflows where organization_id = $1 and name ilike ${text})`;
  if (namesOnly) return ofWorkflow;
  return `(coalesce(request->>'headline', request->>'title') ilike ${text} or request->>'fields' ilike ${text}
    or ${ofWorkflow} or exists (select from runs where runs.id = waitpoints.run_id and requested_by ilike ${text}))`;
}

/** `of`: before each name. */
const orders = {
  pending: (of = "") => `${of}due_at, ${of}created_at, ${of}id`,
  decided: (of = "") => `${of}resolved_at desc, ${of}id desc`,
};

/** Open ones, earliest due first and those that are never due last; or those that are over, newest first. Failed runs among them. */
export async function listAsked(
  organizationId: OrganizationId,
  { view, refs, userId, search }: AskedFilter,
  { limit, after }: Slice<ApprovalPosition>,
): Promise<AskedRow[]> {
  const values: unknown[] = [organizationId, [...refs]];
  const bind = binding(values);
  const text = search === null ? null : bind(containing(search.text), "text");
  const most = bind(limit, "int");
  const conditions = [
    (view === "pending" ? pendingFor : overFor)(bind(userId, "text")),
    ...(search === null || text === null ? [] : [searched(text, search.namesOnly)]),
    ...(after === undefined ? [] : [rest(after, bind)]),
  ];
  const failed = failedRuns(
    view,
    text === null ? null : searchedFailed(text, search?.namesOnly === true),
    after === undefined ? null : afterFailed(after, bind),
  );
  const order = orders[view]();
  const { rows } = await hotPool().query<AskedRow>(
    `select ${columns} from (
       (select ${waiting} from waitpoints where ${conditions.join(" and ")} order by ${order} limit ${most})
       union all
       (select * from (${failed}) as failed order by ${order} limit ${most})
       order by ${order} limit ${most}
     ) as asked join runs on runs.id = asked.run_id order by ${orders[view]("asked.")}`,
    values,
  );
  return rows;
}

/** How many are open, up to `mostCounted`. Failed runs that are alike stand for one. */
export async function countAsked(
  organizationId: OrganizationId,
  refs: readonly string[],
  userId: string | null,
): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: "asked_count",
    text: `select (select count(*) from (select from waitpoints where ${pendingFor("$3::text")} limit $4) as open)::int
      + (select count(*) from (select from (${failedRuns("pending", null, null)}) as failed limit $4) as failed)::int as n`,
    values: [organizationId, [...refs], userId, mostCounted],
  });
  return Math.min(rows[0]?.n ?? 0, mostCounted);
}

export async function findAsked(organizationId: OrganizationId, id: string): Promise<AskedRow | null> {
  const { rows } = await hotPool().query<AskedRow>({
    name: "asked_one",
    text: `select ${columns} from waitpoints as asked join runs on runs.id = asked.run_id
      where asked.organization_id = $1 and asked.id = $2 and asked.kind in ('approval', 'form', 'handoff')`,
    values: [organizationId, id],
  });
  return rows[0] ?? null;
}

/** Failed runs as rows of the list. Of open ones that are alike only the first stands there, unless somebody searches. */
function failedRuns(view: AskedFilter["view"], found: string | null, after: string | null): string {
  const conditions = [
    "f.organization_id = $1 and f.assignees && $2::text[]",
    view === "pending" ? "f.status = 'open'" : "f.status <> 'open'",
    ...(found === null ? [] : [found]),
    ...(after === null ? [] : [after]),
    ...(view === "pending" && found === null ? [isFirstAlike] : []),
  ];
  return `select ${failedColumns} from repairs f where ${conditions.join(" and ")}`;
}

const isFirstAlike = `not exists (select from repairs o where o.organization_id = $1 and o.workflow_id = f.workflow_id and o.node_id = f.node_id
  and o.error_code = f.error_code and o.status = 'open' and o.assignees && $2::text[] and (o.failed_at, o.run_id) < (f.failed_at, f.run_id))`;

/** Not in the words of the error: a card may hide a part of them. */
function searchedFailed(text: string, namesOnly: boolean): string {
  const ofNames = `f.step_name ilike ${text} or f.workflow_id in (select id from workflows where organization_id = $1 and name ilike ${text})`;
  if (namesOnly) return `(${ofNames})`;
  return `(${ofNames} or exists (select from runs where runs.id = f.run_id and requested_by ilike ${text}))`;
}

/** They are never due: after a position that is, all of them. */
function afterFailed(after: ApprovalPosition, bound: Bind): string {
  if (after.view === "decided")
    return `(f.settled_at, f.run_id) < (${bound(after.resolvedAt, "timestamptz")}, ${bound(after.id, "uuid")})`;
  if (after.dueAt !== null) return "true";
  return `(f.failed_at, f.run_id) > (${bound(after.createdAt, "timestamptz")}, ${bound(after.id, "uuid")})`;
}

/** The rows after this position, in the order of its list. */
function rest(after: ApprovalPosition, bound: Bind): string {
  if (after.view === "decided")
    return `(resolved_at, id) < (${bound(after.resolvedAt, "timestamptz")}, ${bound(after.id, "uuid")})`;
  const later = `(created_at, id) > (${bound(after.createdAt, "timestamptz")}, ${bound(after.id, "uuid")})`;
  if (after.dueAt === null) return `due_at is null and ${later}`;
  const due = bound(after.dueAt, "timestamptz");
  return `(due_at > ${due} or due_at is null or due_at = ${due} and ${later})`;
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
