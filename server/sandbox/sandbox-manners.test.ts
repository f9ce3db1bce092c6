import { expect, test } from "vitest";
import { findAction } from "@/connectors/definitions";
import { stepContext } from "@/steps/step-context.testkit";
import { toolCallDefinition } from "@/steps/tool_call/definition";
import { createToolCall } from "@/steps/tool_call/execute";
import { sandboxServices } from "./route";
import { sandboxToken } from "./sandbox";
import { call, connections, counted, origin, sandbox, secret } from "./sandbox.testkit";

test("the same key gives the stored answer and acts once; another request under it is refused", async () => {
  const again = () => call("same", "shopify.order.create", { sku: "GR-02", quantity: 15 });
  const first = await again();
  // The answer's head has the second at which it was sent.
  const stored = JSON.parse(
    JSON.stringify(first, (name, value: unknown) => (name === "date" ? undefined : value)),
  ) as object;
  expect(await again()).toMatchObject(stored);
  expect(await again()).toMatchObject(stored);
  expect(await counted("same")).toMatchObject({
    response: {
      body: {
        physical: 3,
        logical: 1,
        calls: [{ key: "same", service: "shopify", path: "/admin/api/2026-01/orders.json" }],
      },
    },
  });
  expect(await call("same", "shopify.order.create", { sku: "GR-02", quantity: 16 })).toMatchObject({
    kind: "failed",
    error: { class: "4xx" },
  });
  expect(await call("other", "shopify.order.create", { sku: "GR-02", quantity: 15 })).not.toEqual(first);
});

test("outages of one service, passing failures and slowness can be asked for", async () => {
  expect(await call("o:1", "identity.verify", { email: "outage-stripe@acme.com" })).toMatchObject({
    kind: "completed",
    output: { customerId: expect.stringContaining("outage-stripe") as unknown },
  });
  expect(
    await call("o:2", "stripe.subscription.update", { customer: "cus_outage-stripe_1", plan: "enterprise" }),
  ).toMatchObject({ kind: "failed", error: { class: "5xx" } });
  const flaky = () => call("f:1", "identity.verify", { email: "flaky:2@acme.com" });
  expect([(await flaky()).kind, (await flaky()).kind, (await flaky()).kind, (await flaky()).kind]).toEqual([
    "failed",
    "failed",
    "completed",
    "completed",
  ]);
  expect(await counted("f")).toMatchObject({ response: { body: { physical: 4, logical: 1 } } });
  const { context } = stepContext(
    toolCallDefinition,
    { tool: "identity.verify", input: { email: "slow:5000@acme.com" } },
    { node: { timeoutMs: 60 } },
  );
  expect(
    await createToolCall(findAction).execute({
      ...context,
      ports: { ...context.ports, connections: connections("s:1") },
    }),
  ).toMatchObject({ kind: "failed", error: { class: "timeout" } });
});

test("K-18 without the connection's token nothing is answered", async () => {
  for (const slug of sandboxServices) {
    const wrong = connections("t", () => "sbx_wrong");
    expect(
      await wrong.request(slug, {
        method: "POST",
        path: "/v1/identities/verify",
        body: { email: "a@b.c" },
        timeoutMs: 60_000,
      }),
    ).toMatchObject({ response: { status: 401 } });
  }
  expect(
    await connections("t", () => sandboxToken(secret, "aml")).request("stripe", {
      method: "POST",
      path: "/x",
      timeoutMs: 60_000,
    }),
  ).toMatchObject({ response: { status: 401 } });
  expect(await counted("t")).toMatchObject({ response: { body: { physical: 0 } } });
});

test.each([
  ["stripe", "GET", "/v1/invoices/create_preview", 405],
  ["stripe", "POST", "/nope", 404],
  ["nothing", "POST", "/x", 404],
  ["stripe", "POST", "/v1/customers/%ff/subscription", 400],
  ["messaging", "POST", "/v1/messages", 422],
])("%s %s %s -> %i", async (slug, method, path, status) => {
  expect(await connections(`x:${path}`).request(slug, { method, path, body: {}, timeoutMs: 60_000 })).toMatchObject({
    response: { status },
  });
});

test("a body that is not a JSON object is a 400", async () => {
  for (const body of ["{broken", "[1]", "3", "null"]) {
    const request = new Request(`${origin}/api/sandbox/aml/api/aml/screen`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${sandboxToken(secret, "aml")}` },
    });
    expect((await sandbox.handle(request, "/aml/api/aml/screen")).status).toBe(400);
  }
});
