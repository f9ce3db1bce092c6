import { expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { systemActor } from "@/server/auth/actor";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { startWorkflow } from "./start";

const bench = useWorkflowBench();
const inputSchema = {
  required: ["currency"],
  properties: {
    currency: { type: "string", default: "EUR" },
    lines: { type: "array", items: { properties: { quantity: { type: "integer", default: 1 } } } },
  },
};
const spec = {
  startNodeId: "shape",
  nodes: [{ id: "shape", type: "transform", expression: 1 }],
  edges: [],
  inputSchema,
};

it("K18, B-39 fills the input schema's defaults on every way in, and records them in the run's input", async () => {
  await bench.createLive("orders", { spec });
  const given: JsonObject = { lines: [{}, { quantity: 2 }] };
  const filled = { currency: "EUR", lines: [{ quantity: 1 }, { quantity: 2 }] };
  const recorded = async (id: string) => (await bench.call("GET", `/api/v1/workflows/${id}`)).json.input;

  const first = await bench.start("orders", { input: given });
  expect(first.status).toBe(202);
  const second = await bench.call("POST", "/api/v1/workflows", { template_id: "orders", input: given });
  for (const triggerType of ["manual", "webhook", "event", "schedule", "conversation"]) {
    const actor = systemActor(bench.north().id);
    const { id } = await startWorkflow(actor, { workflow: "orders", input: given, triggerType });
    expect(await recorded(id)).toEqual(filled);
  }
  expect(await recorded(first.json.data.execution.id)).toEqual(filled);
  expect(await recorded(second.json.id ?? second.json.workflow_id)).toEqual(filled);
});

it("B-51 says at the exact path what is missing", async () => {
  await bench.createLive("mails", { spec: { ...spec, inputSchema: { required: ["email"] } } });
  const refused = await bench.start("mails", { input: {} });
  expect([refused.status, refused.json.error.details]).toMatchObject([
    422,
    [{ path: "input.email", message: "email is required. Add it." }],
  ]);
});
