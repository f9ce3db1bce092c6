import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { callbackContext, createKeyRing } from "@/server/integrations/secrets/key-ring";
import { readStepToken } from "@/server/step-token";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { eventually, readRun, startTestRun, testKeys } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { scene, waitpointsOf } from "./waits.testkit";

const masterSecret = "a-secret-that-is-long-enough-for-this-test";

it("L5 a wait for a callback keeps its address only hashed and sealed, and goes on with what is posted there", async () => {
  const flow = await scene.workflow({
    startNodeId: "call",
    nodes: [
      { id: "call", type: "wait", callback: true },
      { id: "out", type: "output", output: "${step.call.output}" },
    ],
    edges: edges(["call", "out"]),
  });
  const id = await startTestRun(scene.worker, flow);
  const asked = await scene.openWaitpoint(id);
  expect((await readRun(scene.database.pool, id))["status"]).toBe("waiting_async");
  const sealed = String(asked.request["callbackUrlSealed"]);
  const address = createKeyRing(testKeys).open(sealed, callbackContext(flow.organizationId, asked.id));
  const token = address.slice(address.lastIndexOf("/") + 1);
  expect(address).toBe(`http://127.0.0.1:1/api/callbacks/${token}`);
  expect(readStepToken(masterSecret, "callback", token)).toEqual({ runId: id, key: "call" });
  const rest = await scene.database.pool.query("select 1 from waitpoints where to_jsonb(waitpoints)::text like $1", [
    `%${token}%`,
  ]);
  expect(rest.rowCount).toBe(0);
  // As the REST route finds it.
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from waitpoints where token_hash = $1", [
    createHash("sha256").update(token).digest("hex"),
  ]);
  expect(rows).toEqual([{ id: asked.id }]);
  expect(await scene.resolve(flow.organizationId, asked.id, "called", { body: { paid: true } })).toMatchObject({
    ok: true,
  });
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { paid: true } });
  expect(await scene.resolve(flow.organizationId, asked.id, "called", { body: { paid: false } })).toMatchObject({
    ok: false,
    outcome: "called",
  });
});

it("a callback that does not come in time fails its step; connected, it takes its way out", async () => {
  const wait = { id: "call", type: "wait", callback: true, timeout: "PT0.2S" };
  const alone = await startTestRun(
    scene.worker,
    await scene.workflow({ startNodeId: "call", nodes: [wait, call("next")], edges: edges(["call", "next"]) }),
  );
  expect(await scene.finished(alone)).toMatchObject({
    status: "failed",
    error: { code: "wait_timed_out", nodeId: "call" },
  });
  const connected = await startTestRun(
    scene.worker,
    await scene.workflow({
      startNodeId: "call",
      nodes: [wait, call("next"), call("late")],
      edges: edges(["call", "next"], ["call", "late", "timed_out"]),
    }),
  );
  expect((await scene.finished(connected))["status"]).toBe("completed");
  expect(scene.callsOf(connected)).toEqual(["late"]);
});

it("a run older than its limit fails with the reason max_age, and what it waited for is closed", async () => {
  const document = {
    startNodeId: "see",
    nodes: [
      { id: "see", type: "transform", expression: { n: 1 } },
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("act"),
    ],
    edges: edges(["see", "ask"], ["ask", "act", "approved"]),
  };
  const flow = await scene.workflow(document, { maxAgeMs: 400 });
  const id = await startTestRun(scene.worker, flow);
  const find = async () =>
    (
      await scene.database.pool.query<{ id: string; status: string }>(
        "select id, status from waitpoints where run_id = $1 and kind = 'approval'",
        [id],
      )
    ).rows[0];
  const asked = await eventually(find, (row) => row !== undefined);
  expect(await scene.finished(id)).toMatchObject({
    status: "failed",
    failure_reason: "max_age",
    error: { code: "max_age" },
  });
  expect((await find())?.status).toBe("cancelled");
  expect(await scene.resolve(flow.organizationId, asked?.id ?? "", "approved")).toMatchObject({ ok: false });
  const inTime = await startTestRun(
    scene.worker,
    await scene.workflow(
      { ...document, nodes: [document.nodes[0], call("act")], edges: edges(["see", "act"]) },
      { maxAgeMs: 60_000 },
    ),
  );
  expect((await scene.finished(inTime))["status"]).toBe("completed");
  expect(await waitpointsOf(inTime)).toMatchObject([{ status: "cancelled" }]);
});

it("3.19 a timer of nine years is a wait that the executor takes, and it ends when its time comes", async () => {
  const until = new Date(Date.now() + 9 * 365 * 86_400_000).toISOString();
  const id = await startTestRun(
    scene.worker,
    await scene.workflow({
      startNodeId: "nap",
      nodes: [{ id: "nap", type: "wait", until }, call("next")],
      edges: edges(["nap", "next"]),
    }),
  );
  await scene.openWaitpoint(id);
  await scene.worker.executor.idle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "waiting_async", generation: 1, revivals: 0 });
  await scene.database.pool.query("update waitpoints set due_at = now() - interval '10 seconds' where run_id = $1", [
    id,
  ]);
  expect((await sweepRuns(scene.database.pool)).woken).toBe(1);
  expect(await scene.finished(id)).toMatchObject({ status: "completed", generation: 1 });
  expect(scene.callsOf(id)).toEqual(["next"]);
});

it("a timer that is over before its wait is registered ends at once", async () => {
  const until = new Date(Date.now() - 60_000).toISOString();
  const flow = await scene.workflow({
    startNodeId: "first",
    nodes: [call("first"), { id: "nap", type: "wait", until: "${input.until}" }, call("next")],
    edges: edges(["first", "nap"], ["nap", "next"]),
  });
  for (const input of [{ until }, { until: new Date(Date.now() + 5).toISOString() }])
    expect((await scene.finished(await startTestRun(scene.worker, flow, input)))["status"]).toBe("completed");
});
