import { createServer, type Server } from "node:http";
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAction } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import type { ConnectionPort } from "@/core/ports";
import { createConnectionPort } from "@/server/integrations/connections-port";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { connectionContext, createKeyRing } from "@/server/integrations/secrets/key-ring";
import { serviceCallDefinition } from "@/steps/service_call/definition";
import { executeServiceCall } from "@/steps/service_call/execute";
import { stepContext } from "@/steps/step-context.testkit";
import { toolCallDefinition } from "@/steps/tool_call/definition";
import { createToolCall } from "@/steps/tool_call/execute";
import { objectOf, sandboxServices, textOf } from "./route";
import { createSandbox, sandboxToken } from "./sandbox";

const secret = "test-secret";
const sandbox = createSandbox({ secret });
const keyRing = createKeyRing(`k:${randomBytes(32).toString("base64")}`);
let server: Server;
let origin: string;
let httpClient: ReturnType<typeof createHttpClient>;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const url = new URL(incoming.url ?? "/", origin);
      const headers = new Headers(
        Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const hasBody = incoming.method === "POST";
      const request = new Request(url, {
        method: incoming.method ?? "GET",
        headers,
        ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
      });
      void sandbox.handle(request, url.pathname.replace(/^\/api\/sandbox/, "")).then(async (answer) => {
        outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  httpClient = createHttpClient({ privateHosts: parsePrivateHosts([], [origin]) });
});

afterAll(async () => {
  await httpClient.close();
  await new Promise((resolve) => server.close(resolve));
});

/** The same way as in the product: connection, injected token, guarded client, real HTTP. */
function connections(
  idempotencyKey: string,
  token = (service: string): string => sandboxToken(secret, service as (typeof sandboxServices)[number]),
): ConnectionPort {
  return createConnectionPort({
    loadConnection: (organizationId, slug) =>
      Promise.resolve({
        id: slug,
        organizationId,
        slug,
        connector: slug,
        baseUrl: `${origin}/api/sandbox/${slug}`,
        authType: "bearer",
        secretSealed: keyRing.seal(
          JSON.stringify({ type: "bearer", token: token(slug) }),
          connectionContext(organizationId, slug),
        ),
      }),
    httpClient,
    keyRing,
    clock: { now: () => 0 },
    onReceipt: () => undefined,
    call: { organizationId: "org", runId: "run", stepKey: "step", attempt: 1, idempotencyKey },
  });
}

const call = async (key: string, tool: string, input: JsonObject) => {
  const { context } = stepContext(toolCallDefinition, { tool, input });
  return createToolCall(findAction).execute({ ...context, ports: { ...context.ports, connections: connections(key) } });
};
const service = async (key: string, slug: string, path: string, body: JsonObject) => {
  const { context } = stepContext(serviceCallDefinition, { service: slug, method: "POST", path, body });
  return executeServiceCall.execute({ ...context, ports: { ...context.ports, connections: connections(key) } });
};
const counted = async (key: string): Promise<unknown> =>
  await httpClient.send({
    method: "GET",
    url: `${origin}/api/sandbox/_calls?key=${encodeURIComponent(key)}`,
    timeoutMs: 5000,
  });

describe("sandbox through connectors and connections", () => {
  test("F-31 the subscription upgrade: verify, preview $42.60, update", async () => {
    const verified = await call("u:verify", "identity.verify", { email: "jane@acme.com" });
    expect(verified).toMatchObject({
      kind: "completed",
      output: { verified: true, name: "Jane", customerId: expect.stringMatching(/^cus_jane_[0-9a-f]{6}$/) as unknown },
    });
    const customer = verified.kind === "completed" ? textOf(objectOf(verified.output)["customerId"]) : "";
    expect(await call("u:preview", "stripe.subscription.preview", { customer, plan: "enterprise" })).toMatchObject({
      output: {
        from: "Pro",
        to: "Enterprise",
        amount: 42.6,
        display: "$42.60 prorated",
        monthly: "$42.60/mo prorated",
      },
    });
    expect(
      await call("u:update", "stripe.subscription.update", { customer, plan: "enterprise", expectedAmount: 42.6 }),
    ).toMatchObject({ output: { customer, plan: "enterprise", status: "active", amount: 42.6 } });
  });

  test("a wrong expected amount is refused", async () => {
    expect(
      await call("w", "stripe.subscription.update", { customer: "cus_1", plan: "enterprise", expectedAmount: 10 }),
    ).toMatchObject({ kind: "failed", error: { class: "4xx", message: expect.stringContaining("4260") as unknown } });
    expect(await counted("w")).toMatchObject({ response: { body: { physical: 1, logical: 1 } } });
  });

  test("K-36 the identity card: the verdict follows the input", async () => {
    const capture = (customerId: string, bundle: JsonObject = {}) =>
      service(`ktp:${customerId}:${JSON.stringify(bundle)}`, "identity", "/api/identity/document/ktp/capture", {
        customerId,
        bundle,
      });
    expect(await capture("c-1")).toMatchObject({
      output: {
        ktpBundle: {
          verdict: "passed",
          ocr: {
            nik: expect.stringMatching(/^\d{16}$/) as unknown,
            dateOfBirth: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
          },
        },
        customer: { kycLevel: 2 },
      },
    });
    expect(await capture("c-review-1")).toMatchObject({ output: { ktpBundle: { verdict: "requires_review" } } });
    expect(await capture("c-fail-1")).toMatchObject({
      output: { ktpBundle: { verdict: "failed" }, customer: { kycLevel: 0 } },
    });
    expect(await capture("c-2", { verdict: "requires_review", fullName: "Demo Applicant" })).toMatchObject({
      output: { ktpBundle: { verdict: "requires_review", ocr: { fullName: "Demo Applicant" } } },
    });
    expect(await capture("c-outage")).toMatchObject({
      kind: "failed",
      error: { code: "http_5xx", retryAfterMs: 1000 },
    });
    expect(await capture("c-1")).toEqual(await capture("c-1"));
  });

  test("screening and the shop", async () => {
    expect(
      await service("aml:1", "aml", "/api/aml/screen", {
        applicantName: "Demo Applicant",
        applicantNik: "1",
        applicantDob: "1990-01-01",
      }),
    ).toMatchObject({ output: { status: "clear", score: 0, matches: [] } });
    expect(await call("aml:2", "aml.screen", { applicantName: "Match Me" })).toMatchObject({
      output: { status: "match", matches: [{ name: "Match Me" }] },
    });
    const low = await call("shop:1", "shopify.product.list", { maxQuantity: 5 });
    expect(low).toMatchObject({
      output: {
        products: [
          { sku: "FP-100", quantity: 3, cost: 12.5, reorder: 40, active: true },
          { sku: "CUP-06" },
          { sku: "GR-02" },
          { sku: "HB-1K", quantity: 0 },
        ],
      },
    });
    expect(await call("shop:2", "shopify.product.list", { limit: 1 })).toMatchObject({
      output: { products: [{ sku: "FP-100" }] },
    });
    expect(await call("shop:3", "shopify.order.create", { sku: "FP-100", quantity: 40, note: null })).toMatchObject({
      output: { ordered: true, sku: "FP-100", quantity: 40, number: expect.stringMatching(/^#\d{4}$/) as unknown },
    });
  });

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
          timeoutMs: 5000,
        }),
      ).toMatchObject({ response: { status: 401 } });
    }
    expect(
      await connections("t", () => sandboxToken(secret, "aml")).request("stripe", {
        method: "POST",
        path: "/x",
        timeoutMs: 5000,
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
    expect(await connections(`x:${path}`).request(slug, { method, path, body: {}, timeoutMs: 5000 })).toMatchObject({
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
});
