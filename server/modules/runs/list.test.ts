import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import {
  addTestMember,
  createTestOrganization,
  type TestMember,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
/** May see only what is theirs. */
let alone: TestMember;

const ask = { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }], edges: [] };

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  alone = await addTestMember({
    organizationId: north.id,
    role: "operator",
    email: "alone@north.holdpoint.test",
    scopes: ["runs:read", "runs:start", "runs:control"],
  });
  await call("POST", "/api/workflows", { slug: "ask", name: "Ask", spec: ask });
  await call("POST", "/api/workflows/ask/publish");
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown, key = north.members.owner.apiKey) =>
  rest(key, method, path, body);
const start = async (key?: string): Promise<string> =>
  (await call("POST", "/api/v1/workflows", { template_id: "ask" }, key)).json.id;
const idsOf = ({ json }: { json: { workflows: { id: string }[] } }): string[] => json.workflows.map(({ id }) => id);

it("A-10 lists own runs, all of the organization's with runs:read:all, and nobody else's", async () => {
  const south = await createTestOrganization("south");
  const [ours, theirs] = [await start(), await start(alone.apiKey)];
  const own = await call("GET", "/api/v1/workflows", undefined, alone.apiKey);
  expect(own.status).toBe(200);
  expect(idsOf(own)).toEqual([theirs]);
  expect(idsOf(await call("GET", "/api/v1/workflows"))).toEqual(expect.arrayContaining([ours, theirs]));
  expect(idsOf(await call("GET", "/api/v1/workflows", undefined, south.members.owner.apiKey))).toEqual([]);
  expect(own.json.next_cursor).toBeNull();
  expect(own.json.workflows[0]).toEqual({
    id: theirs,
    status: "pending",
    template: { id: expect.any(String), name: "Ask", version: 1 },
    trigger_type: "api",
    failure_reason: null,
    requested_by: null,
    test: false,
    created_at: expect.stringMatching(/Z$/),
    started_at: null,
    ended_at: null,
  });
});

it("A-10 filters by status, and pages by limit and offset, newest first", async () => {
  const started = [await start(), await start(), await start()];
  await call("POST", `/api/v1/workflows/${String(started[1])}/cancel`);
  expect(idsOf(await call("GET", "/api/v1/workflows?status=cancelled"))).toEqual([started[1]]);
  expect(idsOf(await call("GET", "/api/v1/workflows?status=pending"))).not.toContain(started[1]);
  expect(idsOf(await call("GET", "/api/v1/workflows?limit=2"))).toEqual([started[2], started[1]]);
  expect(idsOf(await call("GET", "/api/v1/workflows?limit=1&offset=2"))).toEqual([started[0]]);
  expect(idsOf(await call("GET", "/api/v1/runs?limit=2"))).toEqual([started[2], started[1]]);
  const wrong = await call("GET", "/api/v1/workflows?status=sleeping&limit=0");
  expect(wrong.status).toBe(422);
  expect(wrong.json.error.details.map(({ path }: { path: string }) => path).sort()).toEqual([
    "query.limit",
    "query.status",
  ]);
});

it("A-10 filters by the workflow's id or slug", async () => {
  const other = await call("POST", "/api/workflows", { slug: "other", name: "Other", spec: ask });
  await call("POST", "/api/workflows/other/publish");
  const { json } = await call("POST", "/api/v1/workflows", { template_id: "other" });
  for (const name of ["other", other.json.data.workflow.id, json.template.id])
    expect(idsOf(await call("GET", `/api/v1/workflows?workflow=${String(name)}`))).toEqual([json.id]);
  expect((await call("GET", "/api/v1/workflows?workflow=nothing-here")).status).toBe(404);
});

it("A-10 keeps its place with a cursor while runs are added", async () => {
  const before = idsOf(await call("GET", "/api/v1/workflows?limit=200"));
  const seen: string[] = [];
  let cursor = "";
  do {
    const { json } = await call("GET", `/api/v1/workflows?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    seen.push(...idsOf({ json }));
    cursor = json.next_cursor ?? "";
    await start();
  } while (cursor !== "");
  expect(seen).toEqual(before);
  expect(await call("GET", "/api/v1/workflows?cursor=bm9uc2Vuc2U")).toMatchObject({ status: 400 });
});

it("A-26 gives 50 runs without a limit and 200 at most, from the newest", async () => {
  const many = Array.from({ length: 205 }, () => start());
  const all = new Set(await Promise.all(many));
  const byDefault = idsOf(await call("GET", "/api/v1/workflows"));
  const explicit = idsOf(await call("GET", "/api/v1/workflows?limit=50&offset=0"));
  expect(byDefault).toHaveLength(50);
  expect(byDefault).toEqual(explicit);
  expect(byDefault.every((id) => all.has(id))).toBe(true);
  expect(idsOf(await call("GET", "/api/v1/workflows?limit=200"))).toHaveLength(200);
  expect(await call("GET", "/api/v1/workflows?limit=5000")).toMatchObject({
    status: 422,
    json: { error: { details: [{ path: "query.limit", message: expect.stringContaining("at most 200") }] } },
  });
});

it("B-15 narrows the list by several statuses, what started it, for whom, and when", async () => {
  const [first, second, third] = [await start(), await start(), await start()];
  await call("POST", `/api/v1/workflows/${second}/cancel`);
  await database.pool.query(
    "update runs set trigger_type = 'webhook', requested_by = 'kim@acme.com', created_at = '2026-01-02T00:00:00Z' where id = $1",
    [first],
  );
  const found = async (query: string): Promise<string[]> => {
    const ids = idsOf(await call("GET", `/api/v1/runs?limit=200&${query}`));
    return [first, second, third].filter((id) => ids.includes(id));
  };
  expect(await found("status=cancelled,pending")).toEqual([second, third]);
  expect(await found("status=cancelled&status=failed")).toEqual([second]);
  expect(await found("trigger_type=webhook")).toEqual([first]);
  expect(await found("trigger_type=webhook,event")).toEqual([first]);
  expect(await found("requested_by=kim@acme.com")).toEqual([first]);
  expect(await found("created_before=2026-01-02T00:00:01Z")).toEqual([first]);
  expect(await found("created_after=2026-01-02T00:00:00Z&status=pending")).toEqual([third]);
  const wrong = await call("GET", "/api/v1/runs?status=failed&status=slept&created_after=yesterday");
  expect(wrong.json.error.details).toMatchObject([
    { path: "query.status", message: expect.stringContaining("It must be one of: pending") },
    { path: "query.created_after", message: "It must be a date and time such as 2027-01-31T09:00:00Z." },
  ]);
});
