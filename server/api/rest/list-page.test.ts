import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { rest } from "./client.testkit";
import { encodeCursor } from "./paging";

let database: TestDatabase;
let north: TestOrganization;

const subscription = newId();
const run = newId();
const workflow = newId();
/** Later than what the organization has of its own. */
const start = Date.parse("2126-01-05T08:00:00.000Z");

/** Rows two by two at the same time; the later `at`, the later the time. */
const timeOf = (at: number) => new Date(start + Math.floor(at / 2) * 60_000).toISOString();

interface List {
  path: string;
  field: string;
  /** Adds one row that comes after all rows of a lower `at`, in time. */
  add: (id: string, at: number) => [sql: string, ...values: unknown[]];
  /** The times run from the first page to the last. */
  ascending?: boolean;
}

const waitpoint = (id: string, at: number, columns: string, values: string): [string, ...unknown[]] => [
  `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, request, created_at, ${columns})
    values ($1, $2, $3, $4, 'ask', 'ask', 'approval', '{}', $5, ${values})`,
  id,
  north.id,
  run,
  workflow,
  timeOf(at),
];

const lists: Record<string, List> = {
  "approvals that are due": {
    path: "/api/v1/approvals?status=pending",
    field: "approvals",
    ascending: true,
    // The last ones are never due: they come at the end, in the order in which they were opened.
    add: (id, at) => waitpoint(id, at, "due_at", at < 5 ? `'${timeOf(at)}'` : "null"),
  },
  "decided approvals": {
    path: "/api/v1/approvals?status=decided",
    field: "approvals",
    add: (id, at) =>
      waitpoint(id, at, "status, consumed, outcome, resolved_at", `'resolved', true, 'approved', '${timeOf(at)}'`),
  },
  events: {
    path: "/api/v1/events?name=thing.done&status=open",
    field: "events",
    add: (id, at) => [
      "insert into inbound_events (id, organization_id, name, data, created_at) values ($1, $2, 'thing.done', '{}', $3)",
      id,
      north.id,
      timeOf(at),
    ],
  },
  contacts: {
    path: "/api/v1/contacts?",
    field: "contacts",
    add: (id, at) => [
      "insert into contacts (id, organization_id, name, created_at) values ($1, $2, 'Mara', $3)",
      id,
      north.id,
      timeOf(at),
    ],
  },
  conversations: {
    path: "/api/v1/conversations?",
    field: "conversations",
    add: (id, at) => [
      `insert into conversations (id, organization_id, contact_id, token_hash, token_sealed, updated_at)
        values ($1::uuid, $2, $1::uuid, $1::uuid::text, '', $3)`,
      id,
      north.id,
      timeOf(at),
    ],
  },
  connections: {
    path: "/api/v1/connections?",
    field: "connections",
    ascending: true,
    add: (id, at) => [
      `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, updated_at)
        values ($1, $2, $3, 'http', 'Shop', 'https://shop.holdpoint.test', 'none', now())`,
      id,
      north.id,
      // In front of them are numbers below 30.
      `shop-${String(at + 30)}`,
    ],
  },
  keys: {
    path: "/api/v1/api-keys?",
    field: "api_keys",
    add: (id, at) => [
      `insert into api_keys (id, organization_id, user_id, name, key_hash, hint, created_at)
        values ($1::uuid, $2, $3, 'Key', $1::uuid::text, 'hp', $4)`,
      id,
      north.id,
      north.members.owner.userId,
      timeOf(at),
    ],
  },
  "webhook subscriptions": {
    path: "/api/v1/webhook-subscriptions?",
    field: "webhook_subscriptions",
    add: (id, at) => [
      `insert into webhook_subscriptions (id, organization_id, url, secret_sealed, created_at)
        values ($1, $2, 'https://shop.holdpoint.test', '', $3)`,
      id,
      north.id,
      timeOf(at),
    ],
  },
  deliveries: {
    path: `/api/v1/webhook-subscriptions/${subscription}/deliveries?`,
    field: "deliveries",
    add: (id, at) => [
      `insert into deliveries (id, organization_id, kind, channel, address, body, subscription_id, created_at)
        values ($1, $2, 'webhook', 'webhook', 'https://shop.holdpoint.test', '', $3, $4)`,
      id,
      north.id,
      subscription,
      timeOf(at),
    ],
  },
  receipts: {
    path: `/api/v1/runs/${run}/receipts?`,
    field: "receipts",
    ascending: true,
    add: (id, at) => [
      `insert into receipts (id, organization_id, run_id, key, attempt, idempotency_key, request_hash, method, url, sent_at)
        values ($1, $2, $3, 'call', 1, 'k', 'h', 'POST', 'https://shop.holdpoint.test', $4)`,
      id,
      north.id,
      run,
      timeOf(at),
    ],
  },
};

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  const owner = north.members.owner.userId;
  await insert([
    "insert into workflows (id, organization_id, slug, name, status, owner_id, updated_at) values ($1, $2, 'flow', 'Flow', 'active', $3, now())",
    workflow,
    north.id,
    owner,
  ]);
  await insert([
    `insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id)
      values ($1, $2, $1, 1, '{"specVersion":"1","startNodeId":"a","nodes":[],"edges":[]}', '[]', '{}', $3)`,
    workflow,
    north.id,
    owner,
  ]);
  await insert([
    `insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, input, owner_id)
      values ($1, $2, $3, $3, 1, 'waiting_approval', 'api', '{}', $4)`,
    run,
    north.id,
    workflow,
    owner,
  ]);
  await insert([
    `insert into webhook_subscriptions (id, organization_id, url, secret_sealed, created_at)
      values ($1, $2, 'https://shop.holdpoint.test', '', $3)`,
    subscription,
    north.id,
    timeOf(-100),
  ]);
});
afterAll(() => database.close());

const insert = ([sql, ...values]: [string, ...unknown[]]) => database.pool.query(sql, values);
const read = (path: string) => rest(north.members.owner.apiKey, "GET", path);

/** Ids of a whole list, page by page; `meanwhile` runs after each page. */
async function pages({ path, field }: List, meanwhile: (page: number) => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  for (let page = 0; cursor !== null; page += 1) {
    const answer = await read(`${path}&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    expect(answer.status).toBe(200);
    ids.push(...answer.json[field].map((item: { id: string }) => item.id));
    cursor = answer.json.next_cursor;
    await meanwhile(page);
  }
  return ids;
}

describe("B-45 lists are paged with a stable cursor", () => {
  it.each(Object.entries(lists))("%s: what is added in front of it moves nothing", async (_what, list) => {
    for (let at = 0; at < 9; at += 1) await insert(list.add(newId(), at));
    const whole = await read(`${list.path}&limit=200`);
    expect([whole.status, whole.json.next_cursor]).toEqual([200, null]);
    const before = whole.json[list.field].map((item: { id: string }) => item.id);
    expect(before.length).toBeGreaterThanOrEqual(9);
    const added: string[] = [];
    const seen = await pages(list, async (page) => {
      const id = newId();
      added.push(id);
      await insert(list.add(id, list.ascending ? -1 - page : 20 + page));
    });
    expect(added.length).toBeGreaterThanOrEqual(5);
    expect(seen).toEqual(before);
  });

  it.each(Object.entries(lists))("%s: 400 for a cursor that we did not make", async (_what, { path, field }) => {
    const foreign = ["x", encodeCursor(["a", "b", "c", "d"])];
    if (field !== "connections")
      foreign.push(encodeCursor(["a", "b"]), encodeCursor([timeOf(0), "x"]), encodeCursor(["", "", ""]));
    for (const cursor of foreign)
      expect([cursor, (await read(`${path}&cursor=${cursor}`)).status]).toEqual([cursor, 400]);
  });

  it("an offset is taken as before", async () => {
    const all = (await read("/api/v1/contacts?limit=200")).json.contacts;
    expect((await read("/api/v1/contacts?limit=2&offset=3")).json.contacts).toEqual(all.slice(3, 5));
  });

  it("no list has an offset without a cursor", async () => {
    const openapi = await rest(north.members.owner.apiKey, "GET", "/api/openapi.json");
    const operations = Object.entries(openapi.json.paths).map(
      // What the document is made of is checked in openapi.test.ts.
      ([path, item]) => [path, (item as Record<string, { parameters?: { name: string }[] }>).get] as const,
    );
    const paged = operations.filter(([, get]) => get?.parameters?.some(({ name }) => name === "offset"));
    expect(paged.length).toBeGreaterThan(10);
    const bare = paged.filter(
      ([, get]) =>
        !get?.parameters?.some(({ name }) => name === "cursor") || !/next_?cursor/i.test(JSON.stringify(get)),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });
});
