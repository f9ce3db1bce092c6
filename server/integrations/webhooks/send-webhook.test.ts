import { afterAll, beforeAll, expect, it } from "vitest";
import type { Delivery } from "@/core/delivery";
import { createHttpClient } from "../http/http-client";
import { loopbackServer, type LoopbackServer } from "../http/loopback.testkit";
import { parsePrivateHosts } from "../http/private-hosts";
import { sendWebhook } from "./send-webhook";
import { createWebhookSecret } from "./signature";

const now = Date.UTC(2026, 10, 21, 8);
let server: LoopbackServer;

beforeAll(async () => {
  server = await loopbackServer((request, response) => {
    const wish = new URL(request.url ?? "/", "http://x").searchParams.get("after");
    response.writeHead(503, wish === null ? {} : { "retry-after": wish }).end();
  });
});
afterAll(() => server.close());

it.each([
  ["120", 120_000],
  ["Sat, 21 Nov 2026 08:05:00 GMT", 300_000],
  ["Sat, 21 Nov 2026 07:00:00 GMT", undefined],
  ["soon", undefined],
])("B-63 Retry-After: %s is heard", async (wish, retryAfterMs) => {
  const delivery: Delivery = {
    id: "d-1",
    organizationId: "o-1",
    kind: "webhook",
    channel: "webhook",
    address: `${server.origin}/?after=${encodeURIComponent(wish)}`,
    subject: "kyc.completed",
    body: "",
    payload: {},
    signingSecret: createWebhookSecret(),
    subscriptionId: null,
    isWanted: true,
    status: "pending",
    attempts: 0,
    createdAt: now,
  };
  const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
  const result = await sendWebhook({ httpClient, clock: { now: () => now } }, delivery);
  expect(result.status === "failed" ? result.retryAfterMs : result).toBe(retryAfterMs);
});
