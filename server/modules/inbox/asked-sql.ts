import type { InboxFilter, InboxKind, InboxSort } from "@/core/contracts/inbox";
import type { InboxPosition } from "./list-order";

/** Adds a value to the query's, and gives the place that stands for it. */
export type Bind = (value: unknown, type: string) => string;
export function binding(values: unknown[]): Bind {
  return (value, type) => `$${String(values.push(value))}::${type}`;
}

/** $1 is the organization, $2 the references that the reader is asked as. */
export interface AskedConditions {
  view: "pending" | "decided";
  /** The reader; null for what acts by itself. */
  userId: string | null;
  /** In which ways they are asked. */
  ways: Ways;
  filter: Pick<InboxFilter, "workflow" | "kind">;
  search: { text: string; namesOnly: boolean } | null;
}

export interface Ways {
  /** By one of their references. */
  references: boolean;
  /** By somebody who is, and gave it to them. */
  delegated: boolean;
  /** To answer a question about it. */
  questions: boolean;
}

/** What is open of the waitpoints that ask people: as the indexes of the inbox have it. */
export const isOpenAsked = "organization_id = $1 and status = 'open' and kind in ('approval', 'form', 'handoff')";

/**
 * Asked of these, or theirs to answer in somebody's name; or a question about it is theirs to answer. What somebody decided is not asked any more, though it can still be taken
 * back, or waits for more people.
 */
function pendingFor(userId: string, { references, delegated, questions }: Ways): string {
  const asked = `assignees && $2::text[] and not votes @> jsonb_build_array(jsonb_build_object('people', jsonb_build_array(${userId})))
    and (voters = '{}' or ${userId} = any(voters::text[])) and not ${isTheirOwn(userId)}`;
  const found = [
    ...(references ? [asked] : []),
    ...(delegated ? [`id = any(array(select answered_for_others($1, ${userId})))`] : []),
    ...(questions ? [`question_for = ${userId}::uuid`] : []),
  ];
  // Nobody has no id.
  if (found.length === 0) return `${userId} = ''`;
  return `${isOpenAsked} and effective_at is null and (${found.join(" or ")})`;
}

/**
 * They began it and another one decides: it stands in what they asked for. A test is its tester's. A value that is looked up, since
 * PostgreSQL would read all runs first for an `exists`.
 */
const isTheirOwn = (
  userId: string,
): string => `(kind = 'approval' and request->'policy'->'requesterCannotApprove' = 'true'
  and coalesce((select runs.initiated_by = ${userId}::uuid and not runs.test from runs where runs.id = waitpoints.run_id), false))`;

const overFor = (userId: string): string =>
  `organization_id = $1 and status <> 'open' and kind in ('approval', 'form', 'handoff') and (assignees && $2::text[]
    or delegations <> '[]' and delegations @> jsonb_build_array(jsonb_build_object('to', ${userId})))`;

/** For the waitpoints of the list, without what comes before a position. */
export function askedConditions(
  { view, userId, ways, filter, search }: AskedConditions,
  bind: Bind,
): { asked: string; failed: string } {
  const user = bind(userId, "text");
  const text = search === null ? null : bind(containing(search.text), "text");
  const flow = filter.workflow === undefined ? null : bind(filter.workflow, "text");
  const ofFlow =
    flow === null ? [] : [`workflow_id = (select id from workflows where organization_id = $1 and slug = ${flow})`];
  const asked = [
    view === "pending" ? pendingFor(user, ways) : overFor(user),
    ...ofFlow,
    ...(filter.kind === undefined ? [] : [kinds[filter.kind]]),
    ...(search === null || text === null ? [] : [searched(text, search.namesOnly)]),
  ];
  const failed = [
    "f.organization_id = $1 and f.assignees && $2::text[]",
    view === "pending" ? "f.status = 'open'" : "f.status <> 'open'",
    ...ofFlow,
    ...(filter.kind === undefined ? [] : [String(filter.kind === "failed")]),
    ...(search === null || text === null ? [] : [searchedFailed(text, search.namesOnly)]),
    // Of open ones that are alike only the first stands there, unless somebody searches.
    ...(view === "pending" && search === null ? [isFirstAlike] : []),
  ];
  return { asked: asked.join(" and "), failed: failed.join(" and ") };
}

/** Of the waitpoints. */
const kinds: Readonly<Record<InboxKind, string>> = {
  approval: "kind = 'approval'",
  form: "kind = 'form'",
  handoff: "kind = 'handoff' and not coalesce(request->'unknownOutcome' = 'true', false)",
  outcome: "kind = 'handoff' and request->'unknownOutcome' = 'true'",
  failed: "false",
  review: "false",
};

const isFirstAlike = `not exists (select from repairs o where o.organization_id = $1 and o.workflow_id = f.workflow_id and o.node_id = f.node_id
  and o.error_code = f.error_code and o.status = 'open' and o.assignees && $2::text[] and (o.failed_at, o.run_id) < (f.failed_at, f.run_id))`;

/** `text`: a pattern of `ilike`. */
function searched(text: string, namesOnly: boolean): string {
  const ofWorkflow = `workflow_id in (select id from workflows where organization_id = $1 and name ilike ${text})`;
  if (namesOnly) return ofWorkflow;
  return `(coalesce(request->>'headline', request->>'title') ilike ${text} or request->>'fields' ilike ${text}
    or ${ofWorkflow} or exists (select from runs where runs.id = waitpoints.run_id and requested_by ilike ${text}))`;
}

/** Not in the words of the error: a card may hide a part of them. */
function searchedFailed(text: string, namesOnly: boolean): string {
  const ofNames = `f.step_name ilike ${text} or f.workflow_id in (select id from workflows where organization_id = $1 and name ilike ${text})`;
  if (namesOnly) return `(${ofNames})`;
  return `(${ofNames} or exists (select from runs where runs.id = f.run_id and requested_by ilike ${text}))`;
}

/** `of`: before each name. */
export const orders: Readonly<Record<InboxSort | "decided", (of?: string) => string>> = {
  due: (of = "") => `${of}due_at, ${of}created_at, ${of}id`,
  age: (of = "") => `${of}created_at, ${of}id`,
  amount: (of = "") => `${of}money_currency, ${of}money_amount desc nulls last, ${of}created_at, ${of}id`,
  decided: (of = "") => `${of}resolved_at desc, ${of}id desc`,
};

/** The waitpoints and the failed runs after this position, in the order of its list. */
export function restAfter(after: InboxPosition, bind: Bind): { asked: string; failed: string } {
  if (after.view === "decided") {
    const place = `(${bind(after.resolvedAt, "timestamptz")}, ${bind(after.id, "uuid")})`;
    return { asked: `(resolved_at, id) < ${place}`, failed: `(f.settled_at, f.run_id) < ${place}` };
  }
  const place = `(${bind(after.createdAt, "timestamptz")}, ${bind(after.id, "uuid")})`;
  const later = { asked: `(created_at, id) > ${place}`, failed: `(f.failed_at, f.run_id) > ${place}` };
  if (after.view === "age") return later;
  // Failed runs are never due and name no money: after a position that does, all of them.
  if (after.view === "pending") {
    if (after.dueAt === null) return { ...later, asked: `due_at is null and ${later.asked}` };
    const due = bind(after.dueAt, "timestamptz");
    return { asked: `(due_at > ${due} or due_at is null or due_at = ${due} and ${later.asked})`, failed: "true" };
  }
  if (after.money === null) return { ...later, asked: `money_currency is null and ${later.asked}` };
  const [currency, amount] = [bind(after.money.currency, "text"), bind(after.money.amount, "numeric")];
  return {
    asked: `(money_currency > ${currency} or money_currency is null
      or money_currency = ${currency} and (money_amount < ${amount} or money_amount = ${amount} and ${later.asked}))`,
    failed: "true",
  };
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
