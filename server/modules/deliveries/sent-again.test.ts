import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { systemActor } from "@/server/auth/actor";
import { keyRing } from "@/server/auth/key-ring";
import { prisma } from "@/server/db/client";
import { useTestDatabase } from "@/server/db/database.testkit";
import { subscriptionContext } from "@/server/integrations/secrets/key-ring";
import type { TestDatabase } from "@/tests/database";
import { createDeliveryStore, redeliver } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

it("H8 what is sent again goes to where its subscription is now, and says so, not to where it was", async () => {
  const [organizationId, subscriptionId] = [newId(), newId()];
  await prisma().organization.create({ data: { id: organizationId, slug: organizationId, name: "Org" } });
  const secretSealed = keyRing().seal("whsec_c2VjcmV0", subscriptionContext(organizationId, subscriptionId));
  await prisma().webhookSubscription.create({
    data: { id: subscriptionId, organizationId, url: "https://example.com", secretSealed },
  });
  const store = createDeliveryStore({
    keyRing: keyRing(),
    callbackSecret: () => "of the run",
    clock: { now: Date.now },
  });
  const added = async (of: { subscriptionId: string } | { runId: string }): Promise<string> => {
    const id = newId();
    const call = { kind: "webhook", channel: "webhook", address: "https://example.com", subject: "kyc.completed" };
    await prisma().delivery.create({ data: { ...call, id, organizationId, body: "", payload: {}, ...of } });
    return id;
  };
  const loaded = async (id: string) => {
    const delivery = await store.load(id);
    if (!delivery) throw new Error("The delivery is not there");
    return delivery;
  };
  const id = await added({ subscriptionId });
  const callback = await added({ runId: newId() });
  await store.record(await loaded(id), { status: "failed", error: "500", response: null }, "dead");
  const url = "https://moved.example.com";
  await prisma().webhookSubscription.update({ where: { id: subscriptionId }, data: { url } });
  await redeliver({ ...systemActor(organizationId), scopes: new Set(["webhooks:write"]) }, id);
  const again = await loaded(id);
  expect([again.address, (await loaded(callback)).address]).toEqual([url, "https://example.com"]);
  await store.record(again, { status: "delivered", response: null }, "delivered");
  expect((await prisma().delivery.findUniqueOrThrow({ where: { id } })).address).toBe(url);
});
