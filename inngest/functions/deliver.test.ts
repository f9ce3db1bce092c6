import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { newId } from "@/core/ids";
import { createTestClient, startTestExecutor, type TestExecutor } from "@/inngest/embedded/executor.testkit";
import { keyRing } from "@/server/auth/key-ring";
import { prisma } from "@/server/db/client";
import { useTestDatabase } from "@/server/db/database.testkit";
import { createChannelSender } from "@/server/integrations/channels/channel-sender";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { loopbackServer, type LoopbackServer } from "@/server/integrations/http/loopback.testkit";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { subscriptionContext } from "@/server/integrations/secrets/key-ring";
import { createWebhookSecret } from "@/server/integrations/webhooks/signature";
import { createDeliveryStore } from "@/server/modules/deliveries/service";
import type { TestDatabase } from "@/tests/database";
import { createDeliverFunction } from "./deliver";

const secret = createWebhookSecret();
const organizationId = newId();
const subscriptionId = newId();
let database: TestDatabase;
let executor: TestExecutor;
let receiver: LoopbackServer;
let httpClient: ReturnType<typeof createHttpClient>;
/** Statuses the receiver answers with, in order; 200 when it runs out. */
let answers: number[] = [];
/** Runs between the sending of a webhook and the recording of the result. */
let afterSend: () => void = () => undefined;

beforeAll(async () => {
  database = await useTestDatabase();
  receiver = await loopbackServer((_request, response) => response.writeHead(answers.shift() ?? 200).end("{}"));
  httpClient = createHttpClient({ privateHosts: parsePrivateHosts([], [receiver.origin]) });
  await prisma().webhookSubscription.create({
    data: {
      id: subscriptionId,
      organizationId,
      url: receiver.origin,
      secretSealed: keyRing().seal(secret, subscriptionContext(organizationId, subscriptionId)),
    },
  });
  const clock = { now: Date.now };
  const send = createChannelSender({ demo: true, sendMail: null, httpClient, clock });
  const client = createTestClient();
  const deliver = createDeliverFunction(client.client, {
    store: createDeliveryStore({ keyRing: keyRing(), callbackSecret: () => secret, clock }),
    send: async (delivery) => {
      const result = await send(delivery);
      afterSend();
      return result;
    },
    pauseAfter: (attempt) => (attempt < 4 ? 10 : null),
  });
  executor = await startTestExecutor(database.url, client, [deliver]);
});

afterAll(async () => {
  await executor.stop();
  await httpClient.close();
  await receiver.close();
  await database.close();
});

async function deliverNow(statuses: number[], fields: object = {}) {
  answers = [...statuses];
  receiver.requests.length = 0;
  const id = newId();
  await prisma().delivery.create({
    data: {
      id,
      organizationId,
      kind: "webhook",
      channel: "webhook",
      address: receiver.origin,
      subject: "kyc.completed",
      body: "",
      payload: { customerId: "c-1" },
      subscriptionId,
      ...fields,
    },
  });
  await request(id);
  return { id, row: await prisma().delivery.findUniqueOrThrow({ where: { id } }) };
}

async function request(deliveryId: string): Promise<void> {
  await executor.sendEvents([{ name: "delivery/requested", data: { deliveryId } }]);
  // Idle is also between two tries: the function is over when its run is gone.
  await vi.waitFor(
    async () => {
      await executor.idle();
      const { rows } = await database.pool.query<{ open: number }>(
        "select ((select count(*) from exec_runs) + (select count(*) from event_outbox))::int as open",
      );
      expect(rows).toEqual([{ open: 0 }]);
    },
    { timeout: 20_000, interval: 20 },
  );
}

describe("deliver, on the embedded executor", () => {
  test("K-28 a webhook arrives signed, and is on record with its response", async () => {
    const { id, row } = await deliverNow([200]);
    expect(row).toMatchObject({ status: "delivered", attempts: 1, response: { status: 200 } });
    expect(receiver.requests).toHaveLength(1);
    for (const { body, headers } of receiver.requests) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: "kyc.completed",
        data: { customerId: "c-1" },
      });
      expect(headers["webhook-id"]).toBe(id);
    }
  });

  test("failures are tried again until the receiver takes it, always under the same id", async () => {
    const { id, row } = await deliverNow([500, 429, 200]);
    expect(row).toMatchObject({ status: "delivered", attempts: 3, lastError: null });
    expect(receiver.requests.map(({ headers }) => headers["webhook-id"])).toEqual([id, id, id]);
    expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(1);
  });

  test("it is dead when the schedule is used up, and the last word is kept", async () => {
    const { row } = await deliverNow([500, 500, 500, 503, 200]);
    expect(row).toMatchObject({
      status: "dead",
      attempts: 4,
      lastError: "The receiver answered 503.",
      response: { status: 503 },
      deliveredAt: null,
    });
    expect(receiver.requests).toHaveLength(4);
  });

  test("a refused address of a run is dead at once", async () => {
    const { row } = await deliverNow([], {
      address: "http://169.254.169.254/latest",
      subscriptionId: null,
      runId: newId(),
    });
    expect(row).toMatchObject({ status: "dead", attempts: 1 });
  });

  test("messages are captured in demo mode", async () => {
    const { row } = await deliverNow([], {
      kind: "message",
      channel: "whatsapp",
      address: "+15550100",
      body: "Hi",
      subscriptionId: null,
    });
    expect(row).toMatchObject({ status: "captured", attempts: 1 });
    expect(row.deliveredAt).not.toBeNull();
    expect(receiver.requests).toEqual([]);
  });

  test("an event that comes twice, or for nothing, sends nothing", async () => {
    const { id } = await deliverNow([200]);
    await request(id);
    await request(newId());
    expect(receiver.requests).toHaveLength(1);
    expect(await prisma().delivery.findUniqueOrThrow({ where: { id } })).toMatchObject({ attempts: 1 });
  });

  test("a try that was sent but not recorded is sent again under the same id: at least once", async () => {
    let broken = true;
    afterSend = () => {
      if (!broken) return;
      broken = false;
      throw new Error("The process lost its database here");
    };
    const { id, row } = await deliverNow([200, 200]);
    afterSend = () => undefined;
    expect(row).toMatchObject({ status: "delivered", attempts: 1 });
    expect(receiver.requests.map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
  });
});
