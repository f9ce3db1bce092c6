import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { attack, type Attacked } from "./attacked.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("recorded");
});
afterAll(() => target.close());

it("S7 a call with a NUL in a name is recorded like any other, and so are those beside it", async () => {
  const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
  const schema = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
  const document = {
    slug: "hooked",
    name: "hooked",
    spec: { ...spec, inputSchema: schema },
    triggers: [{ id: "hook", type: "webhook" }],
  };
  expect((await target.send("POST", "/api/workflows", { body: JSON.stringify(document) })).status).toBe(201);
  const { text } = await target.send("POST", "/api/workflows/hooked/publish", { body: "{}" });
  const path = new URL(JSON.parse(text).data.workflow.triggers[0].url).pathname;
  const bodies = ['{"a":"1"}', '{"items":[{"\\u0000":1}]}', '{"items":[{"__proto__":{"\\u0000":1}}]}', '{"\\u0000":1}'];
  await Promise.all(bodies.map((body) => target.send("POST", path, { key: null, body })));
  await vi.waitFor(
    async () => {
      const calls = await target.send("GET", "/api/workflows/hooked/triggers/hook/calls");
      expect(JSON.parse(calls.text).data.calls, calls.text).toHaveLength(bodies.length);
    },
    { timeout: 10_000 },
  );
});
