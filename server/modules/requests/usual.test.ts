import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { listAsked, openFirst } from "./asked-store";
import { usualWaits } from "./usual-store";

/** Row 51: how long a step takes as a rule, and the list of what a member asked for, by indexes that history does not make slower. */

let database: TestDatabase;
let north: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
});
afterAll(() => database.close());
beforeEach(() => database.pool.query("truncate runs, waitpoints"));

const query = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows;
const organization = () => north.members.owner.actor.organizationId;
const member = () => north.members.approver.userId;

/** Runs of one workflow, the oldest first, a minute apart. */
async function addRuns(
  count: number,
  {
    workflow,
    open = false,
    test = false,
    by = member(),
  }: { workflow: string; open?: boolean; test?: boolean; by?: string },
): Promise<string[]> {
  const rows = await query(
    `insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, input, subject, owner_id, initiated_by, test, created_at, ended_at)
     select gen_random_uuid(), $1, $2, gen_random_uuid(), 1, $3, 'manual', '{}', 'n' || n, $4, $5, $6, now() - make_interval(mins => 100000 - n), case when $7 then null else now() end
     from generate_series(1, $8::int) n returning id, created_at`,
    [north.id, workflow, open ? "waiting_approval" : "completed", member(), by, test, open, count],
  );
  return rows.sort((a, b) => a.created_at - b.created_at).map(({ id }) => id);
}

/** Waits of the step `decide` that took so many hours each, the last one answered last. */
async function addWaits(run: string, workflow: string, hours: readonly number[], how = { via: "ui", paused: 0 }) {
  await query(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, outcome, request, resolved_via, paused_ms, created_at, resolved_at)
     select gen_random_uuid(), $1, $2, $3, 'decide', 'decide', 'approval', 'resolved', 'approved', '{}', $5, $6,
       at - make_interval(secs => hours * 3600), at
     from unnest($4::float8[]) with ordinality as wait(hours, n), lateral (select now() - make_interval(mins => 20000 - n::int) as at) ended`,
    [north.id, run, workflow, hours, how.via, how.paused],
  );
}

const usual = async (workflowId: string) => {
  const place = { workflowId, nodeId: "decide" };
  return (await usualWaits(organization(), [place]))(place);
};

it("the usual time is the median of what people answered, from five answers on", async () => {
  const workflow = newId();
  const [run = ""] = await addRuns(1, { workflow });
  await addWaits(run, workflow, [1, 3, 3, 90]);
  expect(await usual(workflow)).toBe(null);
  await addWaits(run, workflow, [2]);
  expect(await usual(workflow)).toBe("within 4 hours");
  expect(await usual(newId())).toBe(null);
});

it("what a clock answered, and what tests took, does not count", async () => {
  const workflow = newId();
  const [run = ""] = await addRuns(1, { workflow });
  const [tested = ""] = await addRuns(1, { workflow, test: true });
  await addWaits(run, workflow, [3, 3, 3, 3, 3]);
  await addWaits(
    run,
    workflow,
    Array.from({ length: 9 }, () => 48),
    { via: "timer", paused: 0 },
  );
  await addWaits(
    tested,
    workflow,
    Array.from({ length: 9 }, () => 0.01),
  );
  expect(await usual(workflow)).toBe("within 4 hours");
});

it("the time in which the requester was asked back does not count", async () => {
  const workflow = newId();
  const [run = ""] = await addRuns(1, { workflow });
  await addWaits(run, workflow, [30, 30, 30, 30, 30], { via: "ui", paused: 29.5 * 3_600_000 });
  expect(await usual(workflow)).toBe("within an hour");
});

it("only the last two hundred answers count, whatever was the rule before", async () => {
  const workflow = newId();
  const [run = ""] = await addRuns(1, { workflow });
  await addWaits(run, workflow, [...Array.from({ length: 600 }, () => 100), ...Array.from({ length: 200 }, () => 1)]);
  expect(await usual(workflow)).toBe("within an hour");
});

const planOf = async (text: string, values: unknown[]): Promise<string> => {
  const [row] = await query(`explain (analyze, format json) ${text}`, values);
  return JSON.stringify(row?.["QUERY PLAN"]);
};
/** How many rows a plan read through an index. */
const readBy = (plan: string, index: string): number[] =>
  [...plan.matchAll(new RegExp(`"Index Name":"${index}".*?"Actual Rows":([0-9.]+)`, "g"))].map(([, rows]) =>
    Number(rows),
  );

it("the usual time reads four hundred rows at most, however long the history is", async () => {
  const workflow = newId();
  const [run = ""] = await addRuns(1, { workflow, test: true });
  await addWaits(
    run,
    workflow,
    Array.from({ length: 10_000 }, () => 1),
  );
  await query("analyze waitpoints");
  const plan = await planOf("select * from usual_waits($1, $2::uuid[], $3::text[])", [
    north.id,
    [workflow],
    ["decide"],
  ]);
  expect(readBy(plan, "waitpoints_answered")).toEqual([400]);
});

it("a page of the list reads a page of the index, however much the member asked for", async () => {
  const workflow = newId();
  await addRuns(10_000, { workflow });
  await addRuns(10_000, { workflow, open: true });
  await query("analyze runs");
  const last = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  const plan = await planOf("select * from asked_by($1, $2, null, 'infinity', $3, 'infinity', $3, 31, 31)", [
    north.id,
    member(),
    last,
  ]);
  expect([readBy(plan, "runs_asked_open"), readBy(plan, "runs_asked_over")]).toEqual([[31], [31]]);
});

it("the list has what is open first, newest first, and pages through all of it once", async () => {
  const workflow = newId();
  const over = await addRuns(5, { workflow });
  const open = await addRuns(4, { workflow, open: true });
  await addRuns(3, { workflow, test: true });
  await addRuns(3, { workflow, by: north.members.owner.userId });
  const seen: string[] = [];
  for (let after: ReturnType<typeof openFirst.read> | undefined; ;) {
    const rows = await listAsked(
      organization(),
      { userId: member(), search: "" },
      { limit: 2, offset: 0, ...(after ? { after } : {}) },
    );
    seen.push(...rows.map(({ id }) => id));
    const lastRow = rows.at(-1);
    if (lastRow === undefined) break;
    after = openFirst.read(openFirst.write(lastRow));
  }
  expect(seen).toEqual([...open.toReversed(), ...over.toReversed()]);
  const found = await listAsked(organization(), { userId: member(), search: "N4" }, { limit: 9, offset: 0 });
  expect(found.map(({ id }) => id).sort()).toEqual([open[3], over[3]].sort());
});
