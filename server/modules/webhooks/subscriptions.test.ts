import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { keyRing } from "@/server/auth/key-ring";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { sendWebhook } from "@/server/integrations/webhooks/send-webhook";
import { createDeliveryStore } from "@/server/modules/deliveries/service";
import { publishHook } from "./webhooks.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  await publishHook(north.members.owner.apiKey, "callback");
  subscribeLive(north.members.owner.actor.organizationId, () => undefined);
  await liveReady();
});
afterAll(() => database.close());

const base = "/api/v1/webhook-subscriptions";
const call = (method: string, path: string, body?: unknown) => rest(north.members.owner.apiKey, method, path, body);

describe("webhook subscriptions", () => {
  it("K-28 are made, changed, rotated and deleted; the secret is shown once", async () => {
    const made = await call("POST", "/api/v1/webhook-subscriptions", {
      url: "https://hooks.example.com/in",
      events: ["kyc.completed"],
    });
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        url: "https://hooks.example.com/in",
        events: ["kyc.completed"],
        enabled: true,
        secret: expect.stringMatching(/^whsec_/),
      },
    ]);
    const path = `/api/v1/webhook-subscriptions/${made.json.id}`;
    expect((await call("GET", path)).json).not.toHaveProperty("secret");
    expect((await call("PATCH", path, { enabled: false })).json.enabled).toBe(false);
    const rotated = await call("POST", `${path}/rotate-secret`);
    expect(rotated.json.secret).not.toBe(made.json.secret);
    for (const [method, body] of [
      ["GET", undefined],
      ["PATCH", {}],
      ["DELETE", undefined],
    ] as const)
      expect((await rest(south.members.owner.apiKey, method, path, body)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(200);
    expect((await call("GET", path)).status).toBe(404);
    expect(
      (await call("POST", "/api/v1/webhook-subscriptions", { url: "ftp://x.test" })).json.error.details[0].path,
    ).toBe("url");
  });

  it("list what was sent to them, and send it again", async () => {
    const { json } = await call("POST", "/api/v1/webhook-subscriptions", { url: "https://hooks.example.com/in" });
    const deliveryId = newId();
    await hotPool().query(
      "insert into deliveries (id, organization_id, kind, channel, address, subject, body, payload, subscription_id, status) values ($1, $2, 'webhook', 'webhook', 'https://hooks.example.com/in', 'kyc.completed', '', '{\"a\":1}', $3, 'dead')",
      [deliveryId, north.id, json.id],
    );
    const path = `/api/v1/webhook-subscriptions/${json.id}/deliveries`;
    expect((await call("GET", path)).json.deliveries).toMatchObject([
      { id: deliveryId, event: "kyc.completed", status: "dead", payload: { a: 1 } },
    ]);
    const again = await call("POST", `${path}/${deliveryId}/redeliver`);
    expect([again.status, again.json.status]).toEqual([202, "pending"]);
    expect((await call("POST", `${path}/${deliveryId}/redeliver`)).status).toBe(409);
    expect((await rest(south.members.owner.apiKey, "POST", `${path}/${deliveryId}/redeliver`)).status).toBe(404);
  });

  it.each([
    ["http://10.0.0.1/x", "private or reserved"],
    ["http://[::1]:8080/x", "private or reserved"],
    ["http://0xa9fea9fe/x", "private or reserved"],
    ["http://169.254.169.254/latest", "private or reserved"],
    ["http://localhost:3000/x", "private or reserved"],
    ["https://user:pw@hooks.example.com/in", "user name or password"],
  ])("B-29 %s is refused when it is given, for subscriptions and callbacks", async (url, words) => {
    const made = await call("POST", base, { url });
    expect([made.status, made.json.error.details[0]]).toMatchObject([
      422,
      { path: "url", message: expect.stringContaining(words) },
    ]);
    const { json } = await call("POST", base, {
      url: "https://hooks.example.com/changed",
      events: [url.length.toString()],
    });
    expect((await call("PATCH", `${base}/${json.id}`, { url })).status).toBe(422);
    const started = await call("POST", "/api/v1/workflows", { template_id: "callback", input: {}, callback_url: url });
    expect([started.status, started.json.error.message]).toEqual([422, expect.stringContaining(words)]);
  });

  it("B-37 names that nothing will ever be sent under are refused with the near one; doubles are one", async () => {
    const named = (events: string[]) => call("POST", base, { url: "https://hooks.example.com/names", events });
    for (const [name, words] of [
      ["run.complete", 'Did you mean "run.completed"'],
      ["run.canceled", 'Did you mean "run.cancelled"'],
      ["runs.failed", 'Did you mean "run.failed"'],
      ["runCompleted", 'Did you mean "run.completed"'],
      ["run.waiting", "The product's own are run.completed, run.failed, run.cancelled"],
    ] as const) {
      const answer = await named([name]);
      expect([answer.status, answer.json.error.details[0]]).toMatchObject([
        422,
        { path: "events[0]", message: expect.stringContaining(words) },
      ]);
    }
    const made = await named(["run.failed", "kyc.completed", "run.failed"]);
    expect(made.json.events).toEqual(["run.failed", "kyc.completed"]);
    expect((await named(["kyc.completed", "run.failed"])).status).toBe(409);
    expect((await named(["run.failed"])).status).toBe(201);
  });

  it("B-37 a test event goes to this subscription alone, B-30 and a rotated secret signs beside the new one for a day", async () => {
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => {
      request.setEncoding("utf8");
      let body = "";
      request.on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        received.push({ headers: request.headers, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/in`;
      const made = (await call("POST", base, { url, events: ["kyc.completed"] })).json;
      const sent = await call("POST", `${base}/${made.id}/test`);
      expect([sent.status, sent.json]).toMatchObject([202, { event: "webhook.test", status: "pending" }]);
      const rotated = (await call("POST", `${base}/${made.id}/rotate-secret`)).json;
      const day = Date.parse(rotated.previous_secret_until) - Date.now();
      expect(day).toBeGreaterThan(23 * 3_600_000);
      let now = Date.now();
      const clock = { now: () => now };
      const store = createDeliveryStore({ keyRing: keyRing(), callbackSecret: () => "", clock });
      const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
      const send = async () => {
        const delivery = await store.load(sent.json.id);
        if (delivery) expect(await sendWebhook({ httpClient, clock }, delivery)).toMatchObject({ status: "delivered" });
        return received.at(-1) ?? { headers: {}, body: "" };
      };
      const both = await send();
      for (const secret of [made.secret, rotated.secret])
        expect(new Webhook(secret).verify(both.body, both.headers as Record<string, string>)).toMatchObject({
          type: "webhook.test",
          data: { test: true, subscription_id: made.id },
        });
      now += 25 * 3_600_000;
      const later = await send();
      expect(String(both.headers["webhook-signature"]).split(" ")).toHaveLength(2);
      expect(String(later.headers["webhook-signature"]).split(" ")).toHaveLength(1);
      await call("PATCH", `${base}/${made.id}`, { enabled: false });
      expect((await call("POST", `${base}/${made.id}/test`)).status).toBe(409);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
