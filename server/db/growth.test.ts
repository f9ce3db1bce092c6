import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { encodeCursor } from "@/server/api/rest/paging";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { rowsLookedAt, statementsOf } from "@/server/db/plans.testkit";
import { hotPool } from "@/server/db/pools";
import { listRunsFor } from "@/server/modules/runs/service";
import { countInbox, listInbox } from "@/server/modules/inbox/service";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { sumUpRuns } from "@/server/modules/workflows/service";
import { workflowOverview } from "@/server/modules/workflows/overview";
import type { TestDatabase } from "@/tests/database";

/** 200,000 runs of two years, one every five minutes; 2,000 wait for an approval, 50,000 approvals were decided. */
const history = `
  insert into workflows (id, organization_id, slug, name, status, published_version, owner_id, updated_at)
    select gen_random_uuid(), $1, 'flow-' || n, 'Flow', 'active', 1, $2, now() from generate_series(0, 19) n;
  insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id)
    select gen_random_uuid(), $1, id, 1, '{"specVersion":"1","startNodeId":"a","nodes":[],"edges":[]}', '[]', '{}', $2 from workflows where organization_id = $1;
  insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, input, subject, owner_id, created_at, started_at, ended_at, parked_by)
    select gen_random_uuid(), $1, w.id, v.id, 1, case when n < 2000 then 'waiting_approval' when n % 20 = 0 then 'failed' else 'completed' end, 'api',
      jsonb_build_object('email', 'c' || n || '@holdpoint.test'), 'c' || n || '@holdpoint.test', $2, now() - n * interval '5 min', now() - n * interval '5 min',
      case when n >= 2000 then now() - n * interval '5 min' + interval '1 s' end, case when n < 2000 then 'driver' end
    from generate_series(0, 199999) n
    join (select id, row_number() over (order by slug) - 1 as at from workflows where organization_id = $1) w on w.at = n % 20
    join workflow_versions v on v.workflow_id = w.id;
  insert into contacts (id, organization_id, name, created_at) select gen_random_uuid(), $1, 'C', now() - n * interval '1 min' from generate_series(1, 20000) n;
  insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data)
    select $1, '{"type":"system","id":"system","name":"Holdpoint","via":"system"}', 'x', 'run', n::text, '{}' from generate_series(1, 50000) n;
  insert into inbound_events (id, organization_id, name, data, results, created_at) select gen_random_uuid(), $1, 'x', '{}', '[]', now() - n * interval '1 min' from generate_series(1, 50000) n;`;

/** The newest runs have been decided on, or wait: `$2`. What is asked is looked at as it comes in, so it comes when PostgreSQL knows how much there is. */
const approvals = `
  insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, assignees, request, consumed, resolved_at, created_at)
    select gen_random_uuid(), $1, id, workflow_id, 'ask', 'ask', 'approval', case when ended_at is null then 'open' else 'resolved' end, '{role:manager}', '{}',
      ended_at is not null, ended_at, created_at
    from (select * from runs order by created_at desc limit 52000) r where (ended_at is null) = $2;`;

let database: TestDatabase;
let north: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  const values = [north.id, north.members.owner.actor.userId];
  for (const statement of history.split(/;\s*$/m).filter((text) => text.trim() !== ""))
    await hotPool().query(statement, values.slice(0, statement.includes("$2") ? 2 : 1));
  await database.pool.query("analyze runs");
  for (const isOpen of [false, true]) {
    await hotPool().query(approvals, [north.id, isOpen]);
    await database.pool.query("analyze");
  }
  await sumUpRuns();
}, 180_000);
afterAll(() => database.close());

const get = (path: string) => async () => {
  const answer = await rest(north.members.owner.apiKey, "GET", path);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
};

/** Asked of everything that is open. */
const asManager = () => ({ ...north.members.owner.actor, businessRoles: ["manager"] });

/** A cursor in the middle of a list that is sorted by time. */
const daysAgo = (days: number) => encodeCursor([new Date(Date.now() - days * 86_400_000).toISOString(), newId()]);

const reads: [what: string, read: () => Promise<unknown>, most?: number][] = [
  ["runs", get("/api/v1/workflows?limit=50")],
  ["failed runs", get("/api/v1/workflows?status=failed&limit=50")],
  ["waiting runs", get("/api/v1/workflows?status=waiting_approval&limit=50")],
  ["definitions with their counts", get("/api/workflows?limit=50"), 6_000],
  ["executions of one workflow", get("/api/workflows/flow-3/executions?limit=50")],
  ["open approvals", get("/api/v1/approvals?status=pending&limit=50")],
  ["decided approvals", get("/api/v1/approvals?status=decided&limit=50")],
  ["contacts", get("/api/v1/contacts?limit=50")],
  ["events", get("/api/v1/events?limit=50")],
  ["audit", get("/api/v1/audit?limit=50")],
  ["contacts, a later page", get(`/api/v1/contacts?limit=50&cursor=${daysAgo(9)}`)],
  ["events, a later page", get(`/api/v1/events?limit=50&cursor=${daysAgo(20)}`)],
  ["events of a name, a later page", get(`/api/v1/events?name=x&limit=50&cursor=${daysAgo(20)}`)],
  ["events that were given up", get("/api/v1/events?status=dead&limit=50")],
  ["decided approvals, a later page", get(`/api/v1/approvals?status=decided&limit=50&cursor=${daysAgo(100)}`)],
  ["connections", get("/api/v1/connections")],
  ["library", () => workflowOverview(north.members.owner.actor), 6_000],
  ["a search", () => listRunsFor(north.members.owner.actor, { q: "c77" }, { limit: 50, offset: 0 }), 10_500],
  ["the inbox", () => listInbox(asManager(), { view: "pending", search: "", limit: 50, offset: 0 })],
  [
    "the decided part of the inbox",
    () => listInbox(asManager(), { view: "decided", search: "", limit: 50, offset: 0 }),
  ],
  ["how many wait", () => countInbox(asManager())],
  ["the sweeper", () => sweepRuns(hotPool())],
  ["sums", () => sumUpRuns()],
];

it.each(reads)("3.10 %s: what is read does not grow with the history", async (_what, read, most = 3_000) => {
  const statements = await statementsOf(read);
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements) {
    const looked = await rowsLookedAt(statement);
    expect({ statement: statement.text, tooMuch: looked.filter(({ rows }) => rows > most) }).toEqual({
      statement: statement.text,
      tooMuch: [],
    });
  }
});
