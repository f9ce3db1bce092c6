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
  /** Text in its headline, in who asked, or in the name of its workflow; null: all. */
  search: { text: string; /** In the workflow's name only. */ namesOnly: boolean } | null;
}

const columns = `asked.id, asked.kind, asked.run_id as "runId", asked.workflow_id as "workflowId", asked.node_id as "nodeId",
  asked.status, asked.outcome, asked.assignees, asked.request, asked.resolved_by_name as "resolvedByName",
  asked.resolved_at as "resolvedAt", asked.due_at as "dueAt", asked.created_at as "createdAt",
  asked.undecidable_since as "undecidableSince", asked.undecidable_why as "undecidableWhy",
  runs.version, runs.requested_by as "requestedBy", runs.test`;
const askedOf = "organization_id = $1 and kind in ('approval', 'form', 'handoff') and assignees && $2::text[]";
const searched = {
  names: "workflow_id in (select id from workflows where organization_id = $1 and name ilike $4)",
  texts: `(coalesce(request->>'headline', request->>'title') ilike $4
    or workflow_id in (select id from workflows where organization_id = $1 and name ilike $4)
    or exists (select from runs where runs.id = waitpoints.run_id and requested_by ilike $4))`,
};

/** What somebody decided is not asked any more, though it can still be taken back. */
const views = { pending: "status = 'open' and effective_at is null", decided: "status <> 'open'" };
const orders = {
  pending: (of: string) => `${of}.due_at, ${of}.created_at, ${of}.id`,
  decided: (of: string) => `${of}.resolved_at desc, ${of}.id desc`,
};

/** Open ones, earliest due first and those that are never due last; or those that are over, newest first. */
export async function listAsked(
  organizationId: OrganizationId,
  { view, refs, search }: AskedFilter,
  { limit, after }: Slice<ApprovalPosition>,
): Promise<AskedRow[]> {
  const values: unknown[] = [organizationId, [...refs], limit, ...(search === null ? [] : [containing(search.text)])];
  const find = search === null ? "" : `and ${search.namesOnly ? searched.names : searched.texts}`;
  const from = after === undefined ? "" : `and ${rest(after, values)}`;
  const order = orders[view];
  const { rows } = await hotPool().query<AskedRow>(
    `select ${columns} from (
       select * from waitpoints where ${askedOf} and ${views[view]} ${find} ${from}
       order by ${order("waitpoints")} limit $3
     ) as asked join runs on runs.id = asked.run_id order by ${order("asked")}`,
    values,
  );
  return rows;
}

/** How many are open, up to `mostCounted`. */
export async function countAsked(organizationId: OrganizationId, refs: readonly string[]): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: "asked_count",
    text: `select count(*)::int as n from (select from waitpoints where ${askedOf} and ${views.pending} limit $3) as open`,
    values: [organizationId, [...refs], mostCounted],
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

/** The rows after this position, in the order of its list. Adds what it compares with to the query's values. */
function rest(after: ApprovalPosition, values: unknown[]): string {
  const bound = (value: unknown, type: string): string => `$${String(values.push(value))}::${type}`;
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
