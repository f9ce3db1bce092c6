import { afterAll, beforeAll, expect, it } from "vitest";
import type { InboxFilter, InboxSort } from "@/core/contracts/inbox";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { rowsLookedAt, statementsOf } from "@/server/db/plans.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { inboxGroups, listInbox } from "./service";

/** 100,000 approvals of twenty workflows are open, two thirds of them about money. */
const open = [
  `insert into workflows (id, organization_id, slug, name, status, published_version, owner_id, updated_at)
    select gen_random_uuid(), $1, 'flow-' || n, 'Flow', 'active', 1, $2, now() from generate_series(0, 19) n`,
  `insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id)
    select gen_random_uuid(), $1, id, 1, '{"specVersion":"1","startNodeId":"a","nodes":[],"edges":[]}', '[]', '{}', $2
    from workflows where organization_id = $1`,
  `insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, input, owner_id, parked_by)
    select gen_random_uuid(), $1, w.id, v.id, 1, 'waiting_approval', 'api', '{}', $2, 'driver'
    from workflows w join workflow_versions v on v.workflow_id = w.id`,
  // What the product does when something is asked is of no concern here.
  "alter table waitpoints disable trigger user",
  `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request, due_at, money_currency, money_amount, created_at)
    select gen_random_uuid(), $1, r.id, r.workflow_id, 'ask[' || n || ']', 'ask', 'approval', '{role:manager}', '{}', now() + n * interval '1 min',
      case when n % 3 > 0 then (array['USD', 'EUR'])[n % 2 + 1] end, case when n % 3 > 0 then n % 1000 end, now() - n * interval '1 s'
    from runs r cross join generate_series(1, 5000) n where r.organization_id = $1`,
  "analyze waitpoints",
];

let database: TestDatabase;
let north: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  const values = [north.id, north.members.owner.userId];
  for (const statement of open)
    await database.pool.query(
      statement,
      values.filter((_, index) => statement.includes(`$${String(index + 1)}`)),
    );
}, 180_000);
afterAll(() => database.close());

/** Asked of everything that is open. */
const asManager = () => ({ ...north.members.owner.actor, businessRoles: ["manager"] });
const list = (sort: InboxSort, filter: InboxFilter = {}, cursor?: string) =>
  listInbox(asManager(), { view: "pending", sort, filter, limit: 50, offset: 0, cursor });

const reads: [what: string, read: () => Promise<unknown>, most?: number][] = [
  ["by deadline", () => list("due")],
  ["by age", () => list("age")],
  ["by amount", () => list("amount")],
  ["by deadline, of one workflow", () => list("due", { workflow: "flow-7" })],
  ["forms alone, of which there are none", () => list("due", { kind: "form" })],
  ["given by colleagues, which nothing is", () => list("due", { askedAs: "others" })],
  ["by workflow, counted", () => inboxGroups(asManager(), {}), 5_000],
];

it.each(reads)("100,000 that wait, %s: a page reads its own rows and not all", async (_what, read, most = 1_000) => {
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

it("A6 pages of the list by amount go through the currencies, most first, each card once", async () => {
  const first = await list("amount");
  const second = await list("amount", {}, first.nextCursor ?? "");
  const amounts = await hotPool().query<{ currency: string; amount: string }>(
    `select money_currency as currency, money_amount as amount from unnest($1::uuid[]) with ordinality as shown(item, at)
      join waitpoints on id = item order by at`,
    [[...first.items, ...second.items].map(({ id }) => id)],
  );
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(100);
  expect(new Set(amounts.rows.map(({ currency }) => currency))).toEqual(new Set(["EUR"]));
  const inOrder = amounts.rows.map(({ amount }) => Number(amount));
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => other - one));
});
