import { mostCounted } from "@/core/contracts/inbox";
import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { ApprovalPosition } from "@/server/modules/approvals/service";

/** Something that waits for people, or did. */
export interface AskedRow {
  id: string;
  kind: "approval" | "form" | "handoff";
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
const askedOf = "organization_id = $1 and kind in ('approval', 'form', 'handoff') and assignees && $2::text[]";

/** Adds a value to the query's, and gives the place that stands for it. */
type Bind = (value: unknown, type: string) => string;
function binding(values: unknown[]): Bind {
  return (value, type) => `$${String(values.push(value))}::${type}`;
}

/** What somebody decided is not asked any more, though it can still be taken back, or waits for more people. */
const pendingFor = (userId: string): string =>
  `status = 'open' and effective_at is null and not votes @> jsonb_build_array(jsonb_build_object('people', jsonb_build_array(${userId})))
    and (voters = '{}' or ${userId} = any(voters::text[]))`;
const over = "status <> 'open'";

/** `text`: a pattern of \`ilike\`. */
function searched(text: string, namesOnly: boolean): string {
  const ofWorkflow = `workflow_id in (select id from workflows where organization_id = $1 and name ilike ${text})`;
  if (namesOnly) return ofWorkflow;
  return `(coalesce(request->>'headline', request->>'title') ilike ${text} or request->>'fields' ilike ${text}
    or ${ofWorkflow} or exists (select from runs where runs.id = waitpoints.run_id and requested_by ilike ${text}))`;
}

const orders = {
  pending: (of: string) => `${of}.due_at, ${of}.created_at, ${of}.id`,
  decided: (of: string) => `${of}.resolved_at desc, ${of}.id desc`,
};

/** Open ones, earliest due first and those that are never due last; or those that are over, newest first. */
export async function listAsked(
  organizationId: OrganizationId,
  { view, refs, userId, search }: AskedFilter,
  { limit, after }: Slice<ApprovalPosition>,
): Promise<AskedRow[]> {
  const values: unknown[] = [organizationId, [...refs]];
  const bind = binding(values);
  const conditions = [
    askedOf,
    view === "pending" ? pendingFor(bind(userId, "text")) : over,
    ...(search === null ? [] : [searched(bind(containing(search.text), "text"), search.namesOnly)]),
    ...(after === undefined ? [] : [rest(after, bind)]),
  ];
  const order = orders[view];
  const { rows } = await hotPool().query<AskedRow>(
    `select ${columns} from (
       select * from waitpoints where ${conditions.join(" and ")}
       order by ${order("waitpoints")} limit ${bind(limit, "int")}
     ) as asked join runs on runs.id = asked.run_id order by ${order("asked")}`,
    values,
  );
  return rows;
}

/** How many are open, up to `mostCounted`. */
export async function countAsked(
  organizationId: OrganizationId,
  refs: readonly string[],
  userId: string | null,
): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: "asked_count",
    text: `select count(*)::int as n from (select from waitpoints where ${askedOf} and ${pendingFor("$3::text")} limit $4) as open`,
    values: [organizationId, [...refs], userId, mostCounted],
  });
  return rows[0]?.n ?? 0;
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
