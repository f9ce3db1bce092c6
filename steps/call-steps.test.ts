import { describe, expect, test } from "vitest";
import { findAction } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import { executeServiceCall } from "./service_call/execute";
import { serviceCallDefinition } from "./service_call/definition";
import { answered, stepContext, testNow, type TestWorld } from "./step-context.testkit";
import { createToolCall } from "./tool_call/execute";
import { toolCallDefinition } from "./tool_call/definition";

const executeToolCall = createToolCall(findAction);

describe("service_call", () => {
  const kyc: JsonObject = {
    service: "identity",
    method: "POST",
    path: "/api/identity/document/ktp/capture",
    headers: { "X-Trace-Id": "${trigger.traceId}" },
    body: { customerId: "${trigger.customerId}", bundle: "${trigger.bundle}" },
  };
  const run = async (fields: JsonObject, world: TestWorld) => {
    const { context, calls } = stepContext(serviceCallDefinition, fields, world);
    return { outcome: await executeServiceCall.execute(context), calls };
  };

  test("K-17 K-21 sends what it says; the output is the parsed body", async () => {
    const body = { ktpBundle: { verdict: "passed" } };
    const { outcome, calls } = await run(kyc, {
      trigger: { traceId: "t-1", customerId: "c-1", bundle: { images: ["a", 1] } },
      answers: [answered(200, body)],
    });
    expect(outcome).toEqual({ kind: "completed", output: body, response: { status: 200, headers: {} } });
    expect(calls).toEqual([
      {
        slug: "identity",
        request: {
          method: "POST",
          path: "/api/identity/document/ktp/capture",
          query: {},
          headers: { "X-Trace-Id": "t-1" },
          body: { customerId: "c-1", bundle: { images: ["a", 1] } },
          timeoutMs: 30_000,
        },
      },
    ]);
  });

  test("a header whose template is missing is left out; a missing body field is null", async () => {
    const { calls } = await run(kyc, {
      trigger: { customerId: "c-1" },
      answers: [answered(204)],
      node: { timeoutMs: 1234 },
    });
    expect(calls[0]?.request).toMatchObject({
      headers: {},
      body: { customerId: "c-1", bundle: null },
      timeoutMs: 1234,
    });
  });

  test("values filled into a path are percent-encoded, a query is text", async () => {
    const { calls } = await run(
      {
        service: "x",
        path: "/users/${input.id}/notes?tag=${input.tag}",
        query: { n: "${input.n}", none: "${input.nothing}", list: [1] },
      },
      { trigger: { id: "../admin?x=1", tag: "a&b", n: 3 }, answers: [answered(200)] },
    );
    expect(calls[0]?.request).toMatchObject({
      method: "GET",
      path: "/users/..%2Fadmin%3Fx%3D1/notes?tag=a%26b",
      query: { n: "3", list: ["1"] },
    });
    expect(calls[0]?.request.query).not.toHaveProperty("none");
    expect(calls[0]?.request).not.toHaveProperty("body");
  });

  test.each<[number, Record<string, string>, object]>([
    [500, {}, { code: "http_5xx", class: "5xx" }],
    [503, { "retry-after": "7" }, { class: "5xx", retryAfterMs: 7000 }],
    [
      429,
      { "retry-after": new Date(testNow + 90_000).toUTCString() },
      { code: "http_429", class: "429", retryAfterMs: 90_000 },
    ],
    [429, { "retry-after": "soon" }, { class: "429" }],
    [429, { "retry-after": "99999999" }, { retryAfterMs: 86_400_000 }],
    [404, {}, { code: "http_4xx", class: "4xx" }],
    [302, {}, { code: "http_3xx", class: "other", retryable: false }],
  ])("K-19 status %i is a failure of its class", async (status, headers, error) => {
    const { outcome } = await run(kyc, { answers: [answered(status, { error: { message: "no\nluck" } }, headers)] });
    expect(outcome).toMatchObject({ kind: "failed", error });
    if (status !== 302)
      expect(outcome).toMatchObject({
        error: { message: expect.stringContaining(`The service answered ${String(status)}: no luck`) as string },
      });
    if (headers["retry-after"] === "soon") expect(outcome).not.toHaveProperty("error.retryAfterMs");
  });

  test.each([
    ["safe", true, undefined],
    ["unsafe", true, "unsafe_unknown_outcome"],
    ["unsafe", false, undefined],
  ] as const)("%s step, outcome unknown %s: reason %s", async (repeatable, outcomeUnknown, reason) => {
    const error = {
      code: "no_response" as const,
      class: "network" as const,
      message: "Cut.",
      ...(outcomeUnknown ? { outcomeUnknown } : {}),
    };
    const { outcome } = await run(kyc, { answers: [{ error }], node: { repeatable } });
    expect(outcome).toMatchObject({ kind: "failed", error: { code: "no_response", class: "network" } });
    expect(outcome).toHaveProperty("kind", "failed");
    if (reason === undefined) expect(outcome).not.toHaveProperty("reason");
    else expect(outcome).toMatchObject({ reason, error: { retryable: false } });
  });

  test("a bad template fails before anything is sent", async () => {
    const { outcome, calls } = await run({ ...kyc, body: "${1 +}" }, {});
    expect(outcome).toMatchObject({ kind: "failed", error: { retryable: false } });
    expect(calls).toEqual([]);
  });
});

describe("tool_call", () => {
  const run = async (fields: JsonObject, world: TestWorld) => {
    const { context, calls } = stepContext(toolCallDefinition, fields, world);
    return { outcome: await executeToolCall.execute(context), calls };
  };

  test("F-17 F-21 the preview becomes business words", async () => {
    const { outcome, calls } = await run(
      {
        tool: "stripe.subscription.preview",
        input: { customer: "${step.verify.output.customerId}", plan: "enterprise" },
      },
      {
        outputs: { verify: { customerId: "cus_1" } },
        answers: [answered(200, { amount_due: 4260, currency: "usd", current_plan: "pro", next_plan: "enterprise" })],
      },
    );
    expect(outcome).toMatchObject({
      kind: "completed",
      output: {
        from: "Pro",
        to: "Enterprise",
        amount: 42.6,
        currency: "USD",
        display: "$42.60 prorated",
        monthly: "$42.60/mo prorated",
      },
    });
    expect(calls).toMatchObject([
      { slug: "stripe", request: { method: "POST", path: "/v1/invoices/create_preview", timeoutMs: 30_000 } },
    ]);
  });

  test("the step's own connection wins over the connector's usual one", async () => {
    const { calls } = await run(
      { tool: "identity.verify", input: { email: "${input.email}" }, connection: "identity-eu" },
      {
        trigger: { email: "jane@acme.com" },
        answers: [answered(200, { customerId: "c", verified: true, name: "Jane" })],
      },
    );
    expect(calls).toMatchObject([{ slug: "identity-eu", request: { body: { email: "jane@acme.com" } } }]);
  });

  test.each<[JsonObject, string]>([
    [{ tool: "stripe.nope" }, "unknown_action"],
    [{ tool: "__proto__" }, "unknown_action"],
    [{ tool: "identity.verify", input: { email: "${input.none}" } }, "invalid_input"],
    [{ tool: "identity.verify", input: "${input.text}" }, "invalid_input"],
    [{ tool: "http.request", input: { path: "/" } }, "unknown_connection"],
  ])("%j is refused as %s before anything is sent", async (fields, code) => {
    const { outcome, calls } = await run(fields, { trigger: { text: "x" } });
    expect(outcome).toMatchObject({ kind: "failed", error: { code, retryable: false } });
    expect(calls).toEqual([]);
  });

  test("an answer of another shape is said to be one", async () => {
    const { outcome } = await run(
      { tool: "identity.verify", input: { email: "a@b.c" } },
      { answers: [answered(200, { id: 1 })] },
    );
    expect(outcome).toMatchObject({ kind: "failed", error: { code: "unexpected_response", retryable: false } });
  });

  test("a refused amount is a 4xx with the provider's sentence", async () => {
    const { outcome } = await run(
      { tool: "stripe.subscription.update", input: { customer: "c", plan: "enterprise", expectedAmount: 1 } },
      { answers: [answered(409, { error: { message: "The amount changed" } })] },
    );
    expect(outcome).toMatchObject({ error: { class: "4xx", message: "The service answered 409: The amount changed" } });
  });

  test("an unsafe action with an unknown outcome asks a person, unless the node says it is safe", async () => {
    const cut = {
      error: { code: "no_response" as const, class: "network" as const, message: "Cut.", outcomeUnknown: true },
    };
    const fields = { tool: "stripe.subscription.update", input: { customer: "c", plan: "enterprise" } };
    expect((await run(fields, { answers: [cut] })).outcome).toMatchObject({ reason: "unsafe_unknown_outcome" });
    expect((await run(fields, { answers: [cut], spec: { repeatable: "safe" } })).outcome).not.toHaveProperty("reason");
  });
});
