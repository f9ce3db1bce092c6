import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  subscribeLive(north.members.owner.actor.organizationId, () => undefined);
  await liveReady();
});
afterAll(() => database.close());

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
});
