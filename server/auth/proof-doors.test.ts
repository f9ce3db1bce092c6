import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { hotPool } from "@/server/db/pools";
import { serveRest } from "@/server/api/rest/serve";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
let subscription = "";

beforeAll(async () => {
  await bench.createLive("paid");
  const made = await bench.call("POST", "/api/v1/webhook-subscriptions", {
    url: "https://example.com/hook",
    events: ["run.completed"],
  });
  subscription = made.json.id;
  await hotPool().query("update user_sessions set proven_at = now() - interval '1 hour'");
});

/** With the cookie of somebody who signed in an hour ago, and with nothing else. */
async function withCookie(method: string, path: string, body: object): Promise<unknown> {
  const { cookie } = bench.north().members.owner;
  const headers = { cookie, origin: "http://127.0.0.1:3000", "content-type": "application/json" };
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${path}`, { method, headers, body: JSON.stringify(body) }),
  );
  const { error } = (await response.json()) as { error?: { code: string } };
  return error?.code ?? response.status;
}

describe("M10 a cookie alone is not enough for", () => {
  it.each<[string, string, () => string, object]>([
    ["a new API key", "POST", () => "/api/v1/api-keys", { name: "all", scopes: ["runs:read"] }],
    [
      "a connection with a secret",
      "POST",
      () => "/api/v1/connections",
      {
        slug: "crm",
        base_url: "https://crm.example.com",
        auth: { type: "bearer", token: "t" },
      },
    ],
    ["another secret of a connection", "PATCH", () => "/api/v1/connections/stripe", { auth: { type: "none" } }],
    ["the mark live", "PATCH", () => "/api/v1/connections/stripe", { is_live: false }],
    ["deleting a connection", "DELETE", () => "/api/v1/connections/stripe", {}],
    ["lifting a legal hold", "POST", () => `/api/v1/legal-holds/${randomUUID()}/lift`, {}],
    ["the minimum retention", "PUT", () => "/api/v1/retention", { minimum_retention_days: 0 }],
    [
      "the secret of a new subscription",
      "POST",
      () => "/api/v1/webhook-subscriptions",
      {
        url: "https://example.com/other",
        events: ["run.completed"],
      },
    ],
    [
      "another secret of a subscription",
      "POST",
      () => `/api/v1/webhook-subscriptions/${subscription}/rotate-secret`,
      {},
    ],
    [
      "another address of a subscription",
      "PATCH",
      () => `/api/v1/webhook-subscriptions/${subscription}`,
      {
        url: "https://elsewhere.example.com/hook",
      },
    ],
    [
      "the secret that signs a run's callback",
      "POST",
      () => "/api/v1/runs",
      {
        template_id: "paid",
        input: {},
        callback_url: "https://example.com/done",
      },
    ],
    [
      "the same of the other family",
      "POST",
      () => "/api/workflows/paid/executions",
      {
        input: {},
        callbackUrl: "https://example.com/done",
      },
    ],
  ])("%s", async (_, method, path, body) => {
    expect(await withCookie(method, path(), body)).toBe("password_required");
  });

  it("and is for what gives nothing secret away", async () => {
    expect(await withCookie("POST", "/api/v1/runs", { template_id: "paid", input: {} })).toBe(201);
    expect(await withCookie("PATCH", `/api/v1/webhook-subscriptions/${subscription}`, { enabled: false })).toBe(200);
  });
});
