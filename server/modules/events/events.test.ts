import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { finishEvents } from "./service";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown) => rest(north.members.owner.apiKey, method, path, body);
const send = (name: string, data: unknown, id?: string) =>
  call("POST", "/api/v1/events", { name, data, ...(id === undefined ? {} : { id }) });

async function listen(slug: string, trigger: Record<string, unknown>, inputSchema?: unknown): Promise<void> {
  const spec = {
    startNodeId: "shape",
    nodes: [{ id: "shape", type: "transform", expression: 1 }],
    edges: [],
    ...(inputSchema === undefined ? {} : { inputSchema }),
  };
  expect(
    (
      await call("POST", "/api/workflows", {
        slug,
        name: slug,
        spec,
        triggers: [{ id: "on", type: "event", ...trigger }],
      })
    ).status,
  ).toBe(201);
  expect((await call("POST", `/api/workflows/${slug}/publish`)).status).toBe(200);
}

const inputOf = async (runId: string) =>
  (await hotPool().query("select input, trigger_type, trigger_label from runs where id = $1", [runId])).rows[0];

it("M-15 start every workflow whose trigger and filter they match, with mapped input", async () => {
  await listen("stock", {
    event: "product.stock_depleted",
    label: "Sold out",
    filter: "trigger.product.active == true",
    input: { products: ["${trigger.product}"] },
  });
  await listen("stock-2", { event: "product.stock_depleted" });
  const active = await send("product.stock_depleted", { product: { sku: "A", active: true } });
  expect([
    active.status,
    active.json.runs.map(({ workflow }: { workflow: string }) => workflow),
    active.json.refused,
  ]).toEqual([202, ["stock", "stock-2"], []]);
  expect(await inputOf(active.json.runs[0].run_id)).toEqual({
    input: { products: [{ sku: "A", active: true }] },
    trigger_type: "event",
    trigger_label: "Sold out",
  });
  const inactive = await send("product.stock_depleted", { product: { sku: "B", active: false } });
  expect(inactive.json.runs).toMatchObject([{ workflow: "stock-2" }]);
  // A filter that cannot be evaluated is no match.
  expect((await send("product.stock_depleted", {})).json.runs).toMatchObject([{ workflow: "stock-2" }]);
  expect((await send("nobody.listens", {})).json).toEqual({
    id: expect.any(String),
    runs: [],
    refused: [],
    unclear: [],
  });
});

it("M-15 never start a run twice for the same id, also 20 at once", async () => {
  await listen("once", { event: "order.paid" });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send("order.paid", { n: 1 }, "evt-1")));
  expect(new Set(answers.map(({ json }) => json.runs[0]?.run_id)).size).toBe(1);
  expect((await send("order.paid", { n: 1 }, "evt-2")).json.runs[0].run_id).not.toBe(answers[0]?.json.runs[0].run_id);
  expect((await call("GET", "/api/workflows/once/executions")).json.data.executions).toHaveLength(2);
});

it("K4 refuse an id that came with other data", async () => {
  await listen("used-id", { event: "id.used" });
  const first = await send("id.used", { n: 1, list: [{ a: 1, b: 2 }] }, "evt-1");
  const again = await send("id.used", { list: [{ b: 2, a: 1 }], n: 1 }, "evt-1");
  expect([again.status, again.json]).toEqual([202, first.json]);
  const other = await send("id.used", { n: 2 }, "evt-1");
  expect([other.status, other.json.error.code, other.json.error.event_id]).toEqual([409, "id_reused", first.json.id]);
  expect((await call("GET", "/api/workflows/used-id/executions")).json.data.executions).toHaveLength(1);
});

it("B-67 say where a filter could not be worked out", async () => {
  await listen("unclear", { event: "filter.unclear", filter: "trigger.amount > 10" });
  const sent = await send("filter.unclear", {});
  expect(sent.json).toMatchObject({ runs: [], unclear: [{ workflow: "unclear", message: expect.any(String) }] });
  const [listed] = (await call("GET", "/api/v1/events?name=filter.unclear")).json.events;
  expect(listed).toMatchObject({ status: "done", unclear: [{ workflow: "unclear" }] });
});

it("3.16 one event that cannot be worked on blocks nobody, and is given up after ten tries", async () => {
  await listen("behind", { event: "poison.event" });
  const reopen = (id: string) =>
    hotPool().query("update inbound_events set results = null, created_at = now() - interval '1 day' where id = $1", [
      id,
    ]);
  const poison = (await send("poison.event", { n: 1 })).json.id;
  const healthy = (await send("behind.poison", { n: 2 })).json.id;
  // A row that no code wrote: reading it throws, as a defect would.
  await hotPool().query(
    `insert into active_triggers (id, organization_id, workflow_id, trigger_id, type, event_name, definition)
      select gen_random_uuid(), organization_id, id, 'broken', 'event', 'poison.event', 'null'::jsonb from workflows where slug = 'behind'`,
  );
  for (const id of [poison, healthy]) await reopen(id);
  await finishEvents();
  const listed = async (query: string) => (await call("GET", `/api/v1/events?${query}`)).json.events;
  expect(await listed("name=behind.poison")).toMatchObject([{ status: "done" }]);
  expect(await listed("name=poison.event&status=open")).toMatchObject([
    { id: poison, attempts: 1, last_error: expect.any(String) },
  ]);
  // It waits before the next try.
  await hotPool().query("update inbound_events set created_at = now() - interval '40 seconds' where id = $1", [poison]);
  expect(await finishEvents()).toBe(0);
  for (let attempt = 1; attempt < 10; attempt += 1) {
    await reopen(poison);
    await hotPool().query("update inbound_events set created_at = now() - interval '9 hours' where id = $1", [poison]);
    expect(await finishEvents()).toBe(1);
  }
  expect(await listed("status=dead")).toMatchObject([{ id: poison, attempts: 10 }]);
  expect(await finishEvents()).toBe(0);
  await hotPool().query("delete from active_triggers where trigger_id = 'broken'");
  expect((await call("POST", `/api/v1/events/${poison}/redrive`)).json.runs).toHaveLength(1);
  expect(await listed("status=dead")).toEqual([]);
});

it("log what refused them, and can be offered again", async () => {
  await listen("choosy", { event: "lead.scored" }, { type: "object", required: ["score"] });
  await listen("sleeping", { event: "lead.scored" });
  await call("PATCH", "/api/workflows/sleeping", { config: { enabled: false } });
  const answer = await send("lead.scored", { name: "x" });
  expect(answer.json.runs).toEqual([]);
  expect(answer.json.refused.map(({ workflow, code }: { workflow: string; code: string }) => [workflow, code])).toEqual(
    [
      ["choosy", "validation_failed"],
      ["sleeping", "workflow_disabled"],
    ],
  );
  await call("PATCH", "/api/workflows/sleeping", { config: { enabled: true } });
  const again = await call("POST", `/api/v1/events/${answer.json.id}/redrive`);
  expect(again.json.runs).toMatchObject([{ workflow: "sleeping" }]);
});

it("are worked on to the end when their process died half-way", async () => {
  await listen("late", { event: "late.event" });
  const { json } = await send("late.event", { n: 3 });
  await hotPool().query(
    "update inbound_events set results = null, created_at = now() - interval '1 minute' where id = $1",
    [json.id],
  );
  expect(await finishEvents()).toBe(1);
  expect(await finishEvents()).toBe(0);
  expect((await call("GET", "/api/workflows/late/executions")).json.data.executions).toHaveLength(1);
});

it("stay in their organization, and name what is wrong", async () => {
  await listen("mine", { event: "shared.name" });
  expect((await rest(south.members.owner.apiKey, "POST", "/api/v1/events", { name: "shared.name" })).json.runs).toEqual(
    [],
  );
  expect((await rest(south.members.owner.apiKey, "GET", "/api/v1/events?name=order.paid")).json.events).toEqual([]);
  const wrong = await call("POST", "/api/v1/events", { name: "not a name", data: [] });
  expect([wrong.status, wrong.json.error.details.map(({ path }: { path: string }) => path).sort()]).toEqual([
    422,
    ["data", "name"],
  ]);
});

it("what arrives while its only workflow is retired is kept, and offered again once it is live", async () => {
  await listen("away", { event: "away.event" });
  expect((await call("POST", "/api/workflows/away/retire", {})).status).toBe(200);
  const { json } = await send("away.event", { n: 1 });
  const [kept] = (await call("GET", "/api/v1/events?name=away.event")).json.events;
  expect(kept).toMatchObject({ id: json.id });
  expect((await call("POST", "/api/workflows/away/publish")).status).toBe(200);
  const again = await call("POST", `/api/v1/events/${json.id}/redrive`);
  expect(again.json.runs).toHaveLength(1);
});
