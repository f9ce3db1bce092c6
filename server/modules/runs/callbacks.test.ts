import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/server/auth/key-ring";
import { env } from "@/server/env";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { sendWebhook } from "@/server/integrations/webhooks/send-webhook";
import { callbackSecret } from "@/server/integrations/webhooks/signature";
import { createDeliveryStore } from "@/server/modules/deliveries/service";
import { createRunsScene, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
let receiver: Server;
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let callbackUrl: string;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("work", {
    startNodeId: "work",
    nodes: [effect("work", { path: "/work/${input.n}" })],
    edges: [],
  });
  await scene.publish("ask", {
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }],
    edges: [],
  });
  const subscribed = await scene.call("POST", "/api/v1/webhook-subscriptions", {
    url: "http://127.0.0.1:9/lifecycle",
    events: ["run.completed", "run.failed", "run.cancelled"],
  });
  expect(subscribed.status).toBe(201);
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, "127.0.0.1", resolve);
  });
  callbackUrl = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/done`;
});
afterAll(async () => {
  await new Promise((resolve) => receiver.close(resolve));
  await scene.close();
});

interface Told {
  id: string;
  subject: string;
  payload: Record<string, unknown>;
  subscription: string | null;
}

async function told(runId: string): Promise<{ callbacks: Told[]; lifecycle: Told[] }> {
  const { rows } = await scene.database.pool.query<Told>(
    "select id, subject, payload, subscription_id as subscription from deliveries where run_id = $1 and kind = 'webhook' order by created_at",
    [runId],
  );
  return {
    callbacks: rows.filter(({ subscription }) => subscription === null),
    lifecycle: rows.filter(({ subscription }) => subscription !== null),
  };
}

async function begin(slug: string, input: object = {}): Promise<{ id: string; callback_secret: string }> {
  const { status, json } = await scene.call("POST", "/api/v1/workflows", {
    template_id: slug,
    input,
    callback_url: callbackUrl,
  });
  expect([status, json.callback_secret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
  return json;
}

const clock = { now: () => Date.now() };
const deliveryStore = () =>
  createDeliveryStore({
    keyRing: keyRing(),
    callbackSecret: (run) => callbackSecret(env().NEXTAUTH_SECRET, run),
    clock,
  });

/** Delivers as the worker does. */
async function deliver(id: string): Promise<{ headers: Record<string, string>; body: string }> {
  const delivery = await deliveryStore().load(id);
  if (!delivery) throw new Error("no delivery");
  const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
  expect(await sendWebhook({ httpClient, clock }, delivery)).toMatchObject({ status: "delivered" });
  const call = received.at(-1);
  if (!call) throw new Error("nothing received");
  return { headers: call.headers as Record<string, string>, body: call.body };
}

const shape = [
  ...[
    "cancel_reason",
    "ended_at",
    "error",
    "failure_reason",
    "id",
    "message",
    "output",
    "run_id",
    "status",
    "version",
    "warnings",
    "workflow",
  ],
];

describe("A-9 K-29 B-6 the call to a run's own address", () => {
  it("K-29 comes once at every end, with one shape for all of them, which is the subscribers' too", async () => {
    scene.broken.add("/work/1");
    const [completed, failed, cancelled] = [
      await begin("work", { n: 0 }),
      await begin("work", { n: 1 }),
      await begin("ask"),
    ];
    await scene.reached(cancelled.id, "waiting_approval");
    await scene.call("POST", `/api/v1/workflows/${cancelled.id}/cancel`, { reason: "Ordered twice" });
    for (const [run, status] of [
      [completed, "completed"],
      [failed, "failed"],
      [cancelled, "cancelled"],
    ] as const) {
      const seen = await scene.reached(run.id, status);
      const { callbacks, lifecycle } = await told(run.id);
      expect([callbacks.length, lifecycle.length]).toEqual([1, 1]);
      const [callback] = callbacks;
      expect(callback?.subject).toBe(`run.${status}`);
      expect(Object.keys(callback?.payload ?? {}).sort()).toEqual(shape);
      expect(lifecycle[0]?.payload).toEqual(callback?.payload);
      expect(callback?.payload).toMatchObject({
        run_id: run.id,
        workflow: seen.template.name,
        version: 1,
        status,
        output: seen.output,
        error: seen.error,
        failure_reason: seen.failure_reason,
        cancel_reason: seen.cancel_reason,
        ended_at: seen.ended_at,
      });
      const shown = await scene.call("GET", `/api/v1/workflows/${String(callback?.payload["id"])}`);
      expect(shown.json.id).toBe(run.id);
    }
  });

  it("B-37 says at which step it failed, and calls again when a retried run ends again", async () => {
    scene.broken.add("/work/2");
    const { id } = await begin("work", { n: 2 });
    await scene.reached(id, "failed");
    expect((await told(id)).callbacks[0]?.payload["error"]).toMatchObject({ node_id: "work", code: "http_5xx" });
    scene.broken.delete("/work/2");
    await scene.call("POST", `/api/v1/workflows/${id}/retry`);
    await scene.reached(id, "completed");
    expect((await told(id)).callbacks.map(({ subject }) => subject)).toEqual(["run.failed", "run.completed"]);
  });

  it("B-6 is signed with the secret from the answer to the start, and with no other run's", async () => {
    const [mine, other] = [await begin("work", { n: 3 }), await begin("work", { n: 4 })];
    await scene.reached(mine.id, "completed");
    await scene.reached(other.id, "completed");
    const [callback] = (await told(mine.id)).callbacks;
    const { headers, body } = await deliver(callback?.id ?? "");
    expect(new Webhook(mine.callback_secret).verify(body, headers)).toMatchObject({
      type: "run.completed",
      data: { run_id: mine.id, status: "completed" },
    });
    expect(() => new Webhook(other.callback_secret).verify(body, headers)).toThrow();
  });

  it("the run says what became of its calls: under way, tried and failed, taken", async () => {
    const { id } = await begin("work", { n: 7 });
    const pending = await scene.reached(id, "completed");
    expect(pending.callbacks).toEqual([
      expect.objectContaining({ event: "run.completed", status: "pending", attempts: 0, delivered_at: null }),
    ]);
    const shown = async () => (await scene.call("GET", `/api/v1/runs/${id}`)).json.callbacks;
    const store = deliveryStore();
    const delivery = await store.load((await told(id)).callbacks[0]?.id ?? "");
    if (!delivery) throw new Error("no delivery");
    await store.record(delivery, { status: "failed", error: "It answered 503.", response: null }, "failed");
    expect(await shown()).toMatchObject([{ status: "failed", attempts: 1, last_error: "It answered 503." }]);
    await store.record(delivery, { status: "delivered", response: null }, "delivered");
    expect(await shown()).toMatchObject([
      { status: "delivered", attempts: 2, last_error: null, delivered_at: expect.any(String) },
    ]);
  });

  it("B-6 the secret is in the answer only where there is an address, in both families, and in a repeat", async () => {
    const plain = await scene.call("POST", "/api/v1/workflows", { template_id: "work", input: { n: 5 } });
    expect(plain.json).not.toHaveProperty("callback_secret");
    const body = { input: { n: 6 }, callbackUrl };
    const headers = { "idempotency-key": "with-secret" };
    const start = () => scene.call("POST", "/api/workflows/work/executions", body, headers);
    const [first, again] = [await start(), await start()];
    expect(first.json.data.execution.callbackSecret).toMatch(/^whsec_/);
    expect(again.json).toEqual(first.json);
    const { rows } = await scene.database.pool.query<{ text: string }>(
      "select to_jsonb(k)::text as text from idempotency_keys k",
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(first.json.data.execution.callbackSecret);
  });

  it("K-29 is made by a run that another one's place was given to", async () => {
    await scene.publish(
      "one",
      { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }], edges: [] },
      { config: { concurrency: { limit: 1, key: null, whenFull: "cancel_oldest" } } },
    );
    const { id } = await begin("one");
    await scene.reached(id, "waiting_approval");
    await begin("one");
    const run = await scene.reached(id, "cancelled");
    expect((await told(id)).callbacks[0]?.payload).toMatchObject({
      status: "cancelled",
      cancel_reason: run.cancel_reason,
    });
  });
});
