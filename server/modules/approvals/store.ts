import { z } from "zod";
import type { ApprovedBefore } from "@/core/contracts/approval";
import type { Json, JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Those who asked for what a run does. */
export interface Requesters {
  runId: string;
  /** User ids: who began it, or the run it was restored from, whoever corrected its input, and who gave it what is decided on. */
  people: string[];
  /** False where nobody can tell who began it. */
  isKnown: boolean;
}

/** Along the whole line of runs that it was restored from: a copy is no new request. */
export async function findRequesters(
  organizationId: OrganizationId,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Requesters>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await hotPool().query<Requesters>({
    name: "approval_requesters",
    text: `select run_id as "runId", people, is_known as "isKnown" from requesters_of($1, $2)`,
    values: [organizationId, [...runIds]],
  });
  return new Map(rows.map((row) => [row.runId, row]));
}

/** How many must approve, and who decided other steps of the run where nobody decides twice. */
export interface Deciding {
  id: string;
  needed: number;
  decidedBefore: string[];
}

export async function findDeciding(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Deciding>> {
  if (ids.length === 0) return new Map();
  const { rows } = await hotPool().query<Deciding>({
    name: "approval_deciding",
    text: `select id, needed, before as "decidedBefore" from deciding($1, $2)`,
    values: [organizationId, [...ids]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of runs that go on from others: the approvals that are asked again there, as they were given before. By run and key. */
export async function findApprovedBefore(
  organizationId: OrganizationId,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, ApprovedBefore>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await hotPool().query<{ runId: string; before: ApprovedBefore & { key: string } }>({
    name: "approvals_given_before",
    text: `select e.run_id as "runId", before.value as before
      from run_events e cross join jsonb_array_elements(e.data->'asked_again') as before(value)
      where e.organization_id = $1 and e.run_id = any($2) and e.type = 'run.restored'`,
    values: [organizationId, [...runIds]],
  });
  return new Map(rows.map(({ runId, before: { key, ...before } }) => [`${runId} ${key}`, before]));
}

/** What somebody approved in the same run before, by the approval that is asked now. `happened`: something was called since then. */
export async function findGivenBefore(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Omit<ApprovedBefore, "runId"> & { request: Json }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await hotPool().query<{ id: string; by: string; at: Date; request: Json; happened: boolean }>({
    name: "approvals_given_in_run",
    text: `select w.id, given.resolved_by_name as by, given.resolved_at as at, given.request,
        exists (select from receipts r where r.run_id = w.run_id and r.sent_at > given.resolved_at) as happened
      from waitpoints w cross join lateral (
        select e.resolved_by_name, e.resolved_at, e.request from waitpoints e
        where e.run_id = w.run_id and e.key = w.key and e.id <> w.id and e.created_at <= w.created_at
          and e.kind = 'approval' and e.outcome = 'approved'
        order by e.resolved_at desc limit 1) given
      where w.organization_id = $1 and w.id = any($2)`,
    values: [organizationId, [...ids]],
  });
  return new Map(rows.map(({ id, at, ...given }) => [id, { ...given, at: at.toISOString() }]));
}

/** What the audit log says of the moment in which an approval closed without anybody deciding it. */
export interface Closing {
  /** `approval.timed_out`, or `run.cancel` */
  action: string;
  by: string | null;
  reason: string | null;
  /** The way that was taken when time ran out. */
  taken: string | null;
  /** How its step stood after that. */
  step: string | null;
}

/** The entry was written in the transaction that closed the approval, so both have its time. */
export async function findClosing(organizationId: OrganizationId, id: string): Promise<Closing | null> {
  const { rows } = await hotPool().query<Closing>({
    name: "approval_closing",
    text: `select a.action, a.actor->>'name' as by, a.data->>'reason' as reason, a.data->>'taken' as taken, a.data->>'step' as step
      from waitpoints w join audit_entries a on a.organization_id = w.organization_id and a.at = w.resolved_at
        and ((a.subject_type = 'approval' and a.subject_id = w.id::text and a.action = 'approval.timed_out')
          or (a.subject_type = 'run' and a.subject_id = w.run_id::text and a.action = 'run.cancel'))
      where w.organization_id = $1 and w.id = $2 limit 1`,
    values: [organizationId, id],
  });
  return rows[0] ?? null;
}

/** Acts beside deciding (prisma/functions/20-delegates.sql, 20-questions.sql): why not, or null where it was done. */
export async function actOnApproval(
  act: "delegate_approval" | "end_delegation" | "ask_back" | "answer_question",
  args: JsonObject,
): Promise<string | null> {
  const { rows } = await hotPool().query<{ answer: { ok: boolean; reason?: string } }>({
    name: act,
    text: `select ${act}($1) as answer`,
    values: [JSON.stringify(args)],
  });
  const answer = rows[0]?.answer;
  return answer?.ok === true ? null : (answer?.reason ?? "not_found");
}

/** Who could decide this in somebody's name. */
export async function findDelegates(organizationId: OrganizationId, id: string, from: string): Promise<string[]> {
  const { rows } = await hotPool().query<{ id: string }>({
    name: "approval_delegates",
    text: "select user_id as id from delegates_for($1, $2, $3) where why is null",
    values: [organizationId, id, from],
  });
  return rows.map((row) => row.id);
}

export interface UndecidableRow {
  id: string;
  runId: string;
  workflowId: string;
  nodeId: string;
  kind: string;
  assignees: string[];
  request: Json;
  undecidableSince: Date;
  undecidableWhy: string;
}

/** What nobody can decide now, newest first; of one person's workflows, or of all. */
export async function listUndecidableRows(
  organizationId: OrganizationId,
  { ownerId, limit }: { ownerId: string | null; limit: number },
): Promise<UndecidableRow[]> {
  const { rows } = await hotPool().query<UndecidableRow>({
    name: ownerId === null ? "undecidable_all" : "undecidable_of_owner",
    text: `select id, run_id as "runId", workflow_id as "workflowId", node_id as "nodeId", kind, assignees, request,
        undecidable_since as "undecidableSince", undecidable_why as "undecidableWhy"
      from waitpoints
      where organization_id = $1 and status = 'open' and undecidable_since is not null
        ${ownerId === null ? "" : "and workflow_id in (select id from workflows where organization_id = $1 and owner_id = $3)"}
      order by undecidable_since desc, id limit $2`,
    values: [organizationId, limit, ...(ownerId === null ? [] : [ownerId])],
  });
  return rows;
}

/** An open question of an approval whose time counts by a working calendar. Times are ISO-8601. */
export interface OpenQuestion {
  /** Slug of the calendar. */
  calendar: string;
  /** Now, by the clock of the database. */
  at: string;
  /** When it was to fall due as the question was asked. */
  dueAt: string | null;
  /** As the request froze them. */
  remindAt: string[];
  questions: Json;
}

const textsSchema = z.array(z.string()).catch([]);

/** Null where none is open, or every hour counts. */
export async function findOpenQuestion(
  organizationId: OrganizationId,
  asked: { id: string } | { conversation: string },
): Promise<OpenQuestion | null> {
  const isOf = "id" in asked ? "id = $2" : "question_in = $2";
  const { rows } = await hotPool().query<Omit<OpenQuestion, "at" | "dueAt"> & { at: Date; dueAt: Date | null }>({
    name: "id" in asked ? "open_question" : "open_question_in",
    text: `select request#>>'{calendar,slug}' as calendar, clock_timestamp() as at, question_due as "dueAt",
        coalesce(request->'remindAt', '[]') as "remindAt", questions
      from waitpoints where organization_id = $1 and ${isOf} and status = 'open' and question_at is not null and request ? 'calendar'`,
    values: [organizationId, "id" in asked ? asked.id : asked.conversation],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { at, dueAt, remindAt } = row;
  return { ...row, at: at.toISOString(), dueAt: dueAt?.toISOString() ?? null, remindAt: textsSchema.parse(remindAt) };
}
