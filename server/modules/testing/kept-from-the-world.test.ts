import { expect, it } from "vitest";
import { getRun } from "@/server/modules/runs/service";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { pin, startTest, unpin } from "./service";
import { asking, scene } from "./tester.testkit";

it("messages of a test go to its tester, marked, and neither subscribers nor customers hear of it", async () => {
  await scene.rows(
    "insert into webhook_subscriptions (id, organization_id, url, events, secret_sealed) values (gen_random_uuid(), $1, 'http://127.0.0.1:9/', '{}', '')",
    [scene.north.id],
  );
  await scene.workflow("tells", {
    startNodeId: "tell",
    nodes: [
      {
        id: "tell",
        type: "notify",
        channels: ["email", "conversation"],
        to: "jane@acme.com",
        subject: "Hi",
        message: "Done",
      },
      { id: "emit", type: "webhook_emit", event: "order.paid", payload: {} },
    ],
    edges: [edge("tell", "emit")],
  });
  const run = await scene.test("tells");
  expect(await scene.ended(run)).toMatchObject({ status: "completed" });
  expect(
    await scene.rows("select channel, address, subject, body from deliveries where run_id = $1 order by channel", [
      run,
    ]),
  ).toEqual([
    { channel: "conversation", address: scene.tester.email, subject: "[Test] Notify", body: "Done" },
    { channel: "email", address: scene.tester.email, subject: "[Test] Hi", body: "Done" },
  ]);
  const { steps } = await getRun(scene.tester.actor, run);
  expect(steps.flatMap(({ warnings }) => warnings)).toContain('Test: "order.paid" was not sent to the subscribers.');
  await scene.workflow("asks", asking);
  const cancelled = await scene.test("asks");
  await scene.waitpoint(cancelled, "ask");
  await scene.call("POST", `/api/v1/workflows/${cancelled}/cancel`);
  await scene.ended(cancelled);
  expect(await scene.rows("select 1 from deliveries where run_id = $1", [cancelled])).toEqual([]);
});

it("connections that act for real are named first, and not called without the tester's word", async () => {
  await scene.workflow("live", {
    startNodeId: "look",
    nodes: [effect("look", { path: "/live-look" }), effect("charge", { service: "real", path: "/live-charge" })],
    edges: [edge("look", "charge")],
  });
  const [echo] = await scene.rows<{ base_url: string }>("select base_url from connections where slug = 'echo'");
  const add = (isLive: boolean) =>
    scene.rows(
      `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, is_live, updated_at)
       values (gen_random_uuid(), $1, 'real', 'http', 'The bank', $2, 'none', $3, now())
       on conflict (organization_id, slug) do update set is_live = excluded.is_live`,
      [scene.north.id, echo?.base_url, isLive],
    );
  await add(true);
  const asks = () => startTest(scene.tester.actor, { slug: "live", input: {}, allowLive: false });
  expect(await asks()).toEqual({ started: false, liveConnections: [{ slug: "real", name: "The bank" }] });
  expect(scene.called).not.toContain("/live-look");
  const allowed = await startTest(scene.north.members.admin.actor, { slug: "live", input: {}, allowLive: true });
  if (!allowed.started) throw new Error("the test asked again");
  await scene.ended(allowed.runId);
  expect(scene.called).toContain("/live-charge");

  await pin(scene.tester.actor, { slug: "live", nodeId: "charge", handle: "out", output: { charged: 1 } });
  expect(await asks()).toMatchObject({ started: true });
  await unpin(scene.tester.actor, "live", "charge");
  // Marked live between the question and the call: the call is what counts.
  await scene.rows("delete from connections where slug = 'real'");
  await add(false);
  await scene.workflow("turned", {
    startNodeId: "sleep",
    nodes: [{ id: "sleep", type: "wait", duration: "P1D" }, effect("pay", { service: "real", path: "/turned-live" })],
    edges: [edge("sleep", "pay")],
  });
  const run = await scene.test("turned");
  const timer = await scene.waitpoint(run, "sleep");
  await add(true);
  await scene.rehearse(run, timer.id, { type: "pass_time" });
  expect(await scene.ended(run)).toMatchObject({ status: "failed", error: { code: "live_connection" } });
  expect(scene.called).not.toContain("/turned-live");
});

it("a draft with errors, and input that does not fit, are refused in words", async () => {
  await scene.workflow("wrong", {
    inputSchema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    startNodeId: "call",
    nodes: [effect("call", { service: "nobody" })],
    edges: [],
  });
  await expect(scene.test("wrong", { n: 1 })).rejects.toThrow(/cannot run yet: .*nobody/);
  const id = await scene.workflow("typed", {
    inputSchema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
    startNodeId: "call",
    nodes: [effect("call")],
    edges: [],
  });
  await expect(scene.test("typed", { n: "many" })).rejects.toThrow("does not fit");
  expect(await scene.rows("select 1 from runs where workflow_id = $1", [id])).toEqual([]);
});
