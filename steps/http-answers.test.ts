import { describe, expect, test } from "vitest";
import { findAction } from "@/connectors/definitions";
import type { Json, JsonObject } from "@/core/json";
import { executeServiceCall } from "./service_call/execute";
import { serviceCallDefinition } from "./service_call/definition";
import { answered, stepContext, type TestWorld } from "./step-context.testkit";
import { createToolCall } from "./tool_call/execute";
import { toolCallDefinition } from "./tool_call/definition";

const executeToolCall = createToolCall(findAction);

async function call(fields: JsonObject, world: TestWorld) {
  const { context, calls } = stepContext(serviceCallDefinition, { service: "s", ...fields }, world);
  return { outcome: await executeServiceCall.execute(context), calls };
}

async function act(tool: string, input: JsonObject, world: TestWorld) {
  const { context, calls } = stepContext(toolCallDefinition, { tool, input, connection: "s" }, world);
  return { outcome: await executeToolCall.execute(context), calls };
}

const said = (words: string): string => expect.stringContaining(words) as string;

describe("B-16 K14 what an answer says beside its body", () => {
  test("a refusal keeps status, headers and body, and its error path can read them", async () => {
    const body: Json = { error: { message: "boom" }, fields: { email: "taken" } };
    const { outcome } = await call({ path: "/x" }, { answers: [answered(422, body, { "x-request-id": "r1" })] });
    expect(outcome).toMatchObject({
      kind: "failed",
      error: { code: "http_4xx", answer: { status: 422, headers: { "x-request-id": "r1" }, body } },
    });
  });

  test("a long refusal is cut", async () => {
    const { outcome } = await call({ path: "/x" }, { answers: [answered(400, { text: "x".repeat(50_000) })] });
    expect(outcome).toMatchObject({ error: { answer: { body: { truncated: true } } } });
  });

  test("an action keeps them as well", async () => {
    const { outcome } = await act("http.request", { path: "/x" }, { answers: [answered(409, { why: "late" })] });
    expect(outcome).toMatchObject({ error: { answer: { status: 409, body: { why: "late" } } } });
    const created = await act("http.request", { path: "/x" }, { answers: [answered(201, 1, { location: "/x/1" })] });
    expect(created.outcome).toMatchObject({ output: 1, response: { status: 201, headers: { location: "/x/1" } } });
  });

  test("B-35 a redirect says where to; 304 is none", async () => {
    const moved = await call({ path: "/x" }, { answers: [answered(308, null, { location: "https://new.example/x" })] });
    expect(moved.outcome).toMatchObject({ error: { code: "http_3xx", message: said("https://new.example/x") } });
    const same = await call({ path: "/x" }, { answers: [answered(304)] });
    expect(same.outcome).toMatchObject({ error: { message: said("nothing has changed") } });
  });

  test("B-36 a service that asks for weeks gets a day, and the step says so", async () => {
    const { outcome } = await call({ path: "/x" }, { answers: [answered(503, null, { "retry-after": "999999" })] });
    expect(outcome).toMatchObject({
      error: { retryAfterMs: 86_400_000, message: said("in 12 days; a next try comes") },
    });
  });

  test("B-32 JSON that is none fails the step for good, but a bad status says more", async () => {
    const problem = { code: "response_not_json" as const, message: "It begins with: <html>" };
    const page = (status: number) => ({
      response: { status, headers: {}, body: "<html>", durationMs: 1, problem },
    });
    const login = await call({ path: "/x" }, { answers: [page(200)] });
    expect(login.outcome).toMatchObject({
      kind: "failed",
      error: { ...problem, retryable: false, answer: { status: 200, body: "<html>" } },
    });
    const down = await call({ path: "/x" }, { answers: [page(502)] });
    expect(down.outcome).toMatchObject({ error: { code: "http_5xx", answer: { body: "<html>" } } });
  });

  test("K3 warnings about how the body was read stand on the step", async () => {
    const warned = { response: { status: 200, headers: {}, body: 1, durationMs: 1, warnings: ["Kept as text."] } };
    expect((await call({ path: "/x" }, { answers: [warned] })).outcome).toMatchObject({ warnings: ["Kept as text."] });
  });
});

describe("B-14 K13 paths and queries", () => {
  const missing = { kind: "failed", error: { code: "missing_path_value", retryable: false } };

  test.each<[path: string, trigger: JsonObject]>([
    ["/customers/${trigger.customerId}", {}],
    ["/customers/${trigger.customerId}", { customerId: "" }],
    ["/customers/${trigger.customerId}", { customerId: "  " }],
    ["/customers/${trigger.customerId}/orders?x=1", { customerId: null }],
    ["/customers/id-${trigger.customerId}", {}],
    ["/customers/${trigger.customerId}?x=${trigger.x}", { x: 1, customerId: "" }],
    ["/a/${trigger.customerId}${trigger.x}", { x: "", customerId: "" }],
    ["${trigger.customerId}/a", { customerId: "" }],
    ["${trigger.customerId}", {}],
  ])("%s with %j is not called", async (path, trigger) => {
    const { outcome, calls } = await call({ method: "DELETE", path }, { trigger, answers: [answered(200)] });
    expect(outcome).toMatchObject(missing);
    expect(outcome).toMatchObject({ error: { message: said("trigger.customerId") } });
    expect(calls).toEqual([]);
    if (path !== "${trigger.customerId}") return;
    expect(
      (await act("http.request", { method: "DELETE", path: `/customers/${path}` }, { trigger })).outcome,
    ).toMatchObject(missing);
  });

  test.each<[path: string, trigger: JsonObject, sent: string]>([
    ["${trigger.next}", { next: "/v1/orders?page=2&q=a b" }, "/v1/orders?page=2&q=a%20b"],
    ["/report${default(trigger.ext, '')}", {}, "/report"],
    ["/a/${trigger.x}${trigger.y}", { x: "", y: "b" }, "/a/b"],
    ["/a?q=${trigger.none}", {}, "/a?q="],
    ["/a/${trigger.x}/b", { x: 0 }, "/a/0/b"],
    ["/a/${trigger.x}", { x: "b/c?d#e" }, "/a/b%2Fc%3Fd%23e"],
  ])("%s with %j is %s", async (path, trigger, sent) => {
    for (const made of [
      await call({ path }, { trigger, answers: [answered(200)] }),
      await act("http.request", { path }, { trigger, answers: [answered(200)] }),
    ]) {
      expect(made.outcome).toMatchObject({ kind: "completed" });
      expect(made.calls[0]?.request.path).toBe(sent);
    }
  });

  test("an action whose path needs a value does not go without it", async () => {
    const update = await act(
      "stripe.subscription.update",
      { customer: " ", plan: "pro" },
      { answers: [answered(200)] },
    );
    expect(update.outcome).toMatchObject(missing);
    expect(update.calls).toEqual([]);
  });

  test("a list repeats its parameter", async () => {
    const query = { tag: ["a", "b"], one: 1, none: null };
    for (const made of [
      await call({ path: "/x", query }, { answers: [answered(200)] }),
      await act("http.request", { path: "/x", query }, { answers: [answered(200)] }),
    ])
      expect(made.calls[0]?.request.query).toEqual({ tag: ["a", "b"], one: "1" });
  });
});
