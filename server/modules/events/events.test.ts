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
  expect((await send("nobody.listens", {})).json).toEqual({ id: expect.any(String), runs: [], refused: [] });
});

it("M-15 never start a run twice for the same id, also 20 at once", async () => {
  await listen("once", { event: "order.paid" });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send("order.paid", { n: 1 }, "evt-1")));
  expect(new Set(answers.map(({ json }) => json.runs[0]?.run_id)).size).toBe(1);
  expect((await send("order.paid", { n: 1 }, "evt-2")).json.runs[0].run_id).not.toBe(answers[0]?.json.runs[0].run_id);
  expect((await call("GET", "/api/workflows/once/executions")).json.data.executions).toHaveLength(2);
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
