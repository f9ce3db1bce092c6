import { mostCounted, mostCountedOfGroup, type InboxFilter, type InboxSort } from "@/core/contracts/inbox";
import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import { askedConditions, binding, isOpenAsked, orders, restAfter, type Ways, type AskedConditions } from "./asked-sql";
import type { InboxPosition } from "./list-order";

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
  moneyCurrency: string | null;
  moneyAmount: string | null;
  undecidableSince: Date | null;
  undecidableWhy: string | null;
  /** Of its run. */
  version: number;
  requestedBy: string | null;
  test: boolean;
}

export interface AskedFilter extends Pick<AskedConditions, "view" | "ways" | "search"> {
  /** Asked of one of these references. */
  refs: readonly string[];
  /** Who looks: what waits for more people has been decided by them, if they have given their word. */
  userId: string | null;
  filter: Pick<InboxFilter, "workflow" | "kind">;
}

const columns = `asked.id, asked.kind, asked.run_id as "runId", asked.workflow_id as "workflowId", asked.node_id as "nodeId",
  asked.status, asked.outcome, asked.assignees, asked.request, asked.resolution, asked.resolved_by_name as "resolvedByName",
  asked.resolved_at as "resolvedAt", asked.due_at as "dueAt", asked.created_at as "createdAt", asked.money_currency as "moneyCurrency",
  asked.money_amount as "moneyAmount", asked.undecidable_since as "undecidableSince", asked.undecidable_why as "undecidableWhy",
  runs.version, runs.requested_by as "requestedBy", runs.test`;
/** What waitpoints and failed runs have in common, in this order. */
const waiting = `id, kind, run_id, workflow_id, node_id, status, outcome, assignees, request, resolution, resolved_by_name, resolved_at,
  due_at, created_at, money_currency, money_amount, undecidable_since, undecidable_why`;
const failedColumns = `run_id as id, 'failed' as kind, run_id, workflow_id, node_id, status, settled_how as outcome, assignees,
  null::jsonb as request, null::jsonb as resolution, settled_by_name as resolved_by_name, settled_at as resolved_at,
  null::timestamptz as due_at, failed_at as created_at, null::text as money_currency, null::numeric as money_amount,
  null::timestamptz as undecidable_since, null::text as undecidable_why`;

/** Open ones in the order of `sort`, or those that are over, newest first. Failed runs among them. */
export async function listAsked(
  organizationId: OrganizationId,
  { refs, ...filter }: AskedFilter,
  sort: InboxSort,
  { limit, after }: Slice<InboxPosition>,
): Promise<AskedRow[]> {
  const values: unknown[] = [organizationId, [...refs]];
  const bind = binding(values);
  const conditions = askedConditions(filter, bind);
  const rest = after === undefined ? { asked: "true", failed: "true" } : restAfter(after, bind);
  const most = bind(limit, "int");
  const orderOf = orders[filter.view === "decided" ? "decided" : sort];
  const order = orderOf();
  const { rows } = await hotPool().query<AskedRow>(
    `select ${columns} from (
       (select ${waiting} from waitpoints where ${conditions.asked} and ${rest.asked} order by ${order} limit ${most})
       union all
       (select * from (select ${failedColumns} from repairs f where ${conditions.failed} and ${rest.failed}) as failed order by ${order} limit ${most})
       order by ${order} limit ${most}
     ) as asked join runs on runs.id = asked.run_id order by ${orderOf("asked.")}`,
    values,
  );
  return rows;
}

const everyWay: Ways = { references: true, delegated: true, questions: true };

/** How many are open, up to `mostCounted`. Failed runs that are alike stand for one. */
export async function countAsked(
  organizationId: OrganizationId,
  refs: readonly string[],
  userId: string | null,
): Promise<number> {
  const values: unknown[] = [organizationId, [...refs]];
  const bind = binding(values);
  const open = askedConditions({ view: "pending", userId, ways: everyWay, filter: {}, search: null }, bind);
  const most = bind(mostCounted, "int");
  const { rows } = await hotPool().query<{ n: number }>({
    name: "asked_count",
    text: `select (select count(*) from (select from waitpoints where ${open.asked} limit ${most}) as open)::int
      + (select count(*) from (select from repairs f where ${open.failed} limit ${most}) as failed)::int as n`,
    values,
  });
  return Math.min(rows[0]?.n ?? 0, mostCounted);
}

/** More workflows than these are not listed. */
const mostGroups = 100;

/** The workflows with something that is open, by name. Each is entered in an index and counted no further than it says. */
export async function listGroups(
  organizationId: OrganizationId,
  { refs, ...filter }: Omit<AskedFilter, "view">,
): Promise<{ slug: string; name: string; count: number }[]> {
  const values: unknown[] = [organizationId, [...refs]];
  const bind = binding(values);
  const open = askedConditions({ ...filter, view: "pending" }, bind);
  const most = bind(mostCountedOfGroup, "int");
  const next = (after: string): string => `(select (array_agg(id order by id))[1] from (
    (select workflow_id as id from waitpoints where ${isOpenAsked} and ${after} order by workflow_id limit 1)
    union all (select workflow_id from repairs where organization_id = $1 and status = 'open' and ${after} order by workflow_id limit 1)) as first)`;
  const { rows } = await hotPool().query<{ slug: string; name: string; count: number }>(
    `with recursive flows as (
       select ${next("true")} as flow
       union all select ${next("workflow_id > flows.flow")} from flows where flow is not null
     )
     select slug, name, count from flows join workflows on workflows.id = flow cross join lateral (
       select least(${most}, (select count(*) from (select from waitpoints where ${open.asked} and workflow_id = flow limit ${most}) as asked)
         + (select count(*) from (select from repairs f where ${open.failed} and workflow_id = flow limit ${most}) as failed))::int as count) as counted
     where count > 0 order by lower(name), slug limit ${bind(mostGroups, "int")}`,
    values,
  );
  return rows;
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
