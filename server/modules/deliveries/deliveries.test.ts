import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/core/ids";
import { systemActor } from "@/server/auth/actor";
import { keyRing } from "@/server/auth/key-ring";
import { prisma } from "@/server/db/client";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { Actor } from "@/server/db/tenant";
import type { Delivery } from "@/core/delivery";
import { subscriptionContext } from "@/server/integrations/secrets/key-ring";
import type { TestDatabase } from "@/tests/database";
import { pauseAfter, retryPausesMs } from "./retry-schedule";
import { createDeliveryStore, listCapturedMessages, redeliver, type DeliveryStore } from "./service";

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 10, 1);
let now = start;
let database: TestDatabase;
let store: DeliveryStore;
let organizationId: string;
let subscriptionId: string;

beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  now = start;
  organizationId = newId();
  subscriptionId = newId();
  await prisma().organization.create({ data: { id: organizationId, slug: organizationId, name: "Org" } });
  await prisma().webhookSubscription.create({
    data: {
      id: subscriptionId,
      organizationId,
      url: "https://example.com",
      secretSealed: keyRing().seal("whsec_c2VjcmV0", subscriptionContext(organizationId, subscriptionId)),
    },
  });
  store = createDeliveryStore({
    keyRing: keyRing(),
    callbackSecret: ({ runId }) => `callback of ${runId}`,
    clock: { now: () => now },
  });
});

async function added(fields: object = {}): Promise<string> {
  const id = newId();
  await prisma().delivery.create({
    data: {
      id,
      organizationId,
      kind: "webhook",
      channel: "webhook",
      address: "https://example.com",
      subject: "kyc.completed",
      body: "",
      payload: { a: 1 },
      subscriptionId,
      createdAt: new Date(now),
      ...fields,
    },
  });
  return id;
}

async function loaded(id: string): Promise<Delivery> {
  const delivery = await store.load(id);
  if (!delivery) throw new Error("The delivery is not there");
  return delivery;
}

const row = (id: string) => prisma().delivery.findUniqueOrThrow({ where: { id } });
const disabledAt = async () =>
  (await prisma().webhookSubscription.findUniqueOrThrow({ where: { id: subscriptionId } })).disabledAt;
const withScopes = (scopes: string[]): Actor => ({
  ...systemActor(organizationId),
  scopes: new Set(scopes) as Actor["scopes"],
});

describe("delivery store", () => {
  test("loads a webhook with its opened secret, a callback with the derived one, a message with none", async () => {
    expect(await store.load(await added())).toMatchObject({
      kind: "webhook",
      subject: "kyc.completed",
      payload: { a: 1 },
      signingSecret: "whsec_c2VjcmV0",
      isWanted: true,
      status: "pending",
      attempts: 0,
      createdAt: start,
    });
    expect(await store.load(await added({ subscriptionId: null, runId: organizationId }))).toMatchObject({
      signingSecret: `callback of ${organizationId}`,
      isWanted: true,
    });
    expect(await store.load(await added({ kind: "message", channel: "email", subscriptionId: null }))).toMatchObject({
      kind: "message",
      signingSecret: null,
      isWanted: true,
    });
    expect(await store.load(newId())).toBeNull();
  });

  test("a switched-off, removed or unreadable subscription", async () => {
    const id = await added();
    await prisma().webhookSubscription.update({
      where: { id: subscriptionId },
      data: { secretSealed: "v1.gone.AAAA" },
    });
    expect(await store.load(id)).toMatchObject({ signingSecret: null, isWanted: true });
    await prisma().webhookSubscription.update({ where: { id: subscriptionId }, data: { disabledAt: new Date() } });
    expect(await store.load(id)).toMatchObject({ isWanted: false });
    await prisma().webhookSubscription.delete({ where: { id: subscriptionId } });
    expect(await store.load(id)).toMatchObject({ isWanted: false });
  });

  test("every try is counted, with the last error and response", async () => {
    const id = await added();
    await store.record(await loaded(id), { status: "failed", error: "no", response: { status: 500 } }, "failed");
    expect(await row(id)).toMatchObject({
      status: "failed",
      attempts: 1,
      lastError: "no",
      response: { status: 500 },
      deliveredAt: null,
    });
    now += 5000;
    await store.record(await loaded(id), { status: "delivered", response: { status: 200 } }, "delivered");
    expect(await row(id)).toMatchObject({
      status: "delivered",
      attempts: 2,
      lastError: null,
      response: { status: 200 },
      deliveredAt: new Date(now),
    });
  });

  test("five days of nothing but failure switch the subscription off, with an audit entry", async () => {
    const dead = async () => {
      const id = await added();
      await store.record(await loaded(id), { status: "failed", error: "no", response: null }, "dead");
    };
    await dead();
    now = start + 5 * day - 1;
    await dead();
    expect(await disabledAt()).toBeNull();
    now = start + 5 * day;
    await dead();
    expect(await disabledAt()).toEqual(new Date(now));
    expect(await prisma().auditEntry.findMany({ where: { organizationId } })).toMatchObject([
      { action: "webhook_subscription.disabled", subjectId: subscriptionId, actor: { type: "system" } },
    ]);
  });

  test("one success in between starts the five days again", async () => {
    for (const [at, status] of [
      [0, "dead"],
      [4, "delivered"],
      [6, "dead"],
    ] as const) {
      now = start + at * day;
      const id = await added();
      await store.record(
        await loaded(id),
        status === "dead" ? { status: "failed", error: "no", response: null } : { status, response: null },
        status,
      );
    }
    expect(await disabledAt()).toBeNull();
  });

  test("410 Gone switches it off at once", async () => {
    const id = await added();
    await store.record(
      await loaded(id),
      { status: "dead", error: "gone", response: { status: 410 }, isGone: true },
      "dead",
    );
    expect(await disabledAt()).not.toBeNull();
  });
});

describe("people", () => {
  test("redeliver reopens a finished delivery, asks the worker and leaves an audit entry", async () => {
    const id = await added({ status: "dead", attempts: 11, lastError: "no" });
    await redeliver(withScopes(["webhooks:write"]), id);
    expect(await row(id)).toMatchObject({ status: "pending", lastError: null, attempts: 11 });
    expect(
      await prisma().eventOutbox.findMany({ where: { data: { path: ["deliveryId"], equals: id } } }),
    ).toMatchObject([{ name: "delivery/requested", dedupeId: `delivery:${id}:11` }]);
    expect(await prisma().auditEntry.findMany({ where: { organizationId } })).toMatchObject([
      { action: "delivery.redelivered", subjectId: id },
    ]);
    await expect(redeliver(withScopes(["webhooks:write"]), id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("another organization's delivery does not exist, and a scope is needed", async () => {
    const id = await added({ status: "dead" });
    await expect(
      redeliver({ ...withScopes(["webhooks:write"]), organizationId: systemActor(newId()).organizationId }, id),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(redeliver(withScopes([]), id)).rejects.toMatchObject({ code: "missing_scope" });
    await expect(listCapturedMessages(withScopes([]))).rejects.toMatchObject({ code: "missing_scope" });
  });

  test("the mailbox holds messages of the own organization only, newest first, no webhooks", async () => {
    await added();
    const first = await added({
      kind: "message",
      channel: "whatsapp",
      body: "one",
      status: "captured",
      subscriptionId: null,
    });
    now += 1000;
    const second = await added({ kind: "message", channel: "email", body: "two", subscriptionId: null });
    await prisma().delivery.create({
      data: { id: newId(), organizationId: newId(), kind: "message", channel: "email", address: "x", body: "foreign" },
    });
    expect(await listCapturedMessages(withScopes(["deliveries:read"]))).toMatchObject([
      { id: second, channel: "email", body: "two" },
      { id: first, channel: "whatsapp", body: "one", status: "captured", at: new Date(start).toISOString() },
    ]);
  });
});

describe("retry schedule", () => {
  test("goes on for 24 hours with growing pauses, then ends", () => {
    const total = retryPausesMs.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThanOrEqual(23.5 * 3_600_000);
    expect(total).toBeLessThan(26 * 3_600_000);
    expect([...retryPausesMs].sort((a, b) => a - b)).toEqual(retryPausesMs);
    expect(pauseAfter(retryPausesMs.length)).toBe(retryPausesMs.at(-1));
    expect(pauseAfter(retryPausesMs.length + 1)).toBeNull();
  });

  test("the receiver may ask for more patience, up to a day, but not for less", () => {
    expect(pauseAfter(1, 60_000)).toBe(60_000);
    expect(pauseAfter(1, 10)).toBe(5000);
    expect(pauseAfter(1, 99 * day)).toBe(day);
  });
});
