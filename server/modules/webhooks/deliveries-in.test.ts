import { describe, expect, it } from "vitest";
import { triggersApi } from "@/server/modules/triggers/triggers.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { callsWritten } from "./service";
import { post, publishHook } from "./webhooks.testkit";

const bench = useWorkflowBench();
const key = () => bench.north().members.owner.apiKey;
const calls = async (slug: string) => {
  await callsWritten();
  const api = triggersApi(bench.north().members.owner.actor);
  return (await api.calls({ slug, triggerId: "hook" })).items;
};
const statuses = async (url: string, deliveries: [string, Record<string, string>][]) => {
  const answers = [];
  for (const [body, headers] of deliveries) answers.push((await post(url, body, headers)).status);
  return answers;
};

describe("K4 the identity of a delivery", () => {
  it("3.17 a request id is none: proxies give one to different calls", async () => {
    const url = await publishHook(key(), "traced");
    const headers = { "x-request-id": "trace-1", "x-correlation-id": "trace-1" };
    expect(
      await statuses(url, [
        ['{"n":1}', headers],
        ['{"n":2}', headers],
      ]),
    ).toEqual([202, 202]);
  });

  it.each([
    ["webhook-id", {}],
    ["svix-id", {}],
    ["x-github-delivery", {}],
    ["x-shopify-webhook-id", {}],
    ["x-shopify-event-id", { "x-shopify-topic": "orders/create" }],
    ["idempotency-key", {}],
    ["i-twilio-idempotency-token", {}],
  ])("%s: the same again is the first run, with another body it is 409, and the list shows it", async (name, more) => {
    const slug = `by-${name}`;
    const url = await publishHook(key(), slug);
    const headers = { ...more, [name]: "d-1" };
    const first = await post(url, '{"n": 1}', headers);
    const again = await post(url, '{"n":1}', headers);
    expect([again.status, again.json.run_id]).toEqual([200, first.json.run_id]);
    const other = await post(url, '{"n":2}', headers);
    expect([other.status, other.json.error]).toMatchObject([409, { code: "id_reused", run_id: first.json.run_id }]);
    expect((await post(url, '{"n":2}', { ...headers, [name]: "d-2" })).status).toBe(202);
    expect((await calls(slug)).map(({ status, deliveryId }) => [status, deliveryId?.split("/")[0]])).toEqual([
      [202, "d-2"],
      [409, "d-1"],
      [200, "d-1"],
      [202, "d-1"],
    ]);
  });

  it("one event of Shopify under two topics is two deliveries", async () => {
    const url = await publishHook(key(), "shop");
    const event = (topic: string) => ({ "x-shopify-event-id": "e-1", "x-shopify-topic": topic });
    expect(
      await statuses(url, [
        ['{"id":1}', event("orders/create")],
        ['{"id":1,"paid":true}', event("orders/paid")],
        ['{"id":1}', event("orders/create")],
      ]),
    ).toEqual([202, 202, 200]);
  });

  it("Stripe's and Slack's ids stand in the body", async () => {
    const url = await publishHook(key(), "in-the-body");
    const stripe = { "stripe-signature": "t=1,v1=00" };
    const event = (id: string, waiting: number) =>
      JSON.stringify({ id, object: "event", pending_webhooks: waiting, data: { object: { id: "cus_1" } } });
    const slack = { "x-slack-request-timestamp": "1" };
    expect(
      await statuses(url, [
        [event("evt_1", 2), stripe],
        // What is still to be delivered elsewhere changes between tries.
        [event("evt_1", 1), stripe],
        [event("evt_2", 1), stripe],
        ['{"event_id":"Ev1"}', slack],
        ['{"event_id":"Ev1"}', slack],
        // Without the mark it is anybody's field.
        [event("evt_1", 1), {}],
        [event("evt_1", 1), {}],
      ]),
    ).toEqual([202, 200, 202, 202, 200, 202, 202]);
  });

  it("the owner of a trigger may say where it comes from: a header, an expression, one sender, or nowhere", async () => {
    const hook = (slug: string, deliveryId: unknown) => publishHook(key(), slug, { deliveryId });
    const byHeader = await hook("own-header", { header: "X-Order-Event" });
    expect(
      await statuses(byHeader, [
        ["{}", { "x-order-event": "1", "webhook-id": "a" }],
        ["{}", { "x-order-event": "1", "webhook-id": "b" }],
        ["{}", { "webhook-id": "b" }],
        ["{}", { "webhook-id": "b" }],
      ]),
    ).toEqual([202, 200, 202, 202]);
    const byExpression = await hook("own-expression", {
      expression: "trigger.order + '/' + request.headers['x-topic']",
    });
    expect(
      await statuses(byExpression, [
        ['{"order":"A"}', { "x-topic": "paid" }],
        ['{"order":"A"}', { "x-topic": "paid" }],
        ['{"order":"A"}', { "x-topic": "sent" }],
        ['{"order":"A","n":2}', { "x-topic": "sent" }],
        ["{}", {}],
      ]),
    ).toEqual([202, 200, 202, 409, 202]);
    const never = await hook("never", "none");
    expect(
      await statuses(never, [
        ["{}", { "idempotency-key": "1" }],
        ["{}", { "idempotency-key": "1" }],
      ]),
    ).toEqual([202, 202]);
    const github = await hook("github-only", "github");
    expect(
      await statuses(github, [
        ["{}", { "x-github-delivery": "1" }],
        ["{}", { "x-github-delivery": "1" }],
        ["{}", { "idempotency-key": "1" }],
        ["{}", { "idempotency-key": "1" }],
      ]),
    ).toEqual([202, 200, 202, 202]);
  });

  it("a held call that its sender repeats is kept once, and gives one run whoever drives it", async () => {
    await bench.create("held-twice", { triggers: [{ id: "hook", type: "webhook" }] });
    const { url } = (await bench.call("GET", "/api/workflows/held-twice")).json.data.workflow.triggers[0];
    expect(
      await statuses(url, [
        ["{}", { "webhook-id": "h-1" }],
        ["{}", { "webhook-id": "h-1" }],
      ]),
    ).toEqual([409, 409]);
    const { events } = (await bench.call("GET", "/api/v1/events?name=webhook")).json;
    const held = events.filter(
      ({ refused }: { refused: { workflow: string }[] }) => refused[0]?.workflow === "held-twice",
    );
    expect(held).toHaveLength(1);
    await bench.call("POST", "/api/workflows/held-twice/publish");
    const sent = await post(url, "{}", { "webhook-id": "h-1" });
    expect(sent.status).toBe(202);
    const api = triggersApi(bench.north().members.owner.actor);
    for (const { id } of (await calls("held-twice")).filter(({ status }) => status === 409))
      expect((await api.redrive({ slug: "held-twice", callId: id })).runId).toBe(sent.json.run_id);
    const driven = await bench.call("POST", `/api/v1/events/${held[0].id}/redrive`);
    expect(driven.json.runs).toMatchObject([{ run_id: sent.json.run_id }]);
  });
});
