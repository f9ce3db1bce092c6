import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { eventually, insertConnection, readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";
import { createFleet } from "@/inngest/faults/fleet.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  scene.release();
  scene.answers.clear();
});
afterAll(() => scene.close());

const count = async (sql: string, values: unknown[] = []) =>
  (await scene.database.pool.query(sql, values)).rowCount ?? 0;
const unsafe = { repeatable: "unsafe" };
const charge = (path: string, more: object = {}) => ({
  startNodeId: "charge",
  nodes: [call("charge", path, { ...unsafe, ...more }), call("after")],
  edges: edges(["charge", "after"]),
});
const received = (runId: string, calls: number) =>
  eventually(
    () => Promise.resolve(scene.callsOf(runId)),
    (made) => made.length === calls,
  );

it("a refused connection sent nothing, so it is tried again, also for an unsafe step", async () => {
  const server: Server = createServer((request, response) => {
    request.resume();
    keys.push(String(request.headers["idempotency-key"]));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const keys: string[] = [];
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, "127.0.0.1", resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const flow = await scene.workflow({
    startNodeId: "charge",
    nodes: [call("charge", "/charge", { ...unsafe, service: "away", retry: { maxAttempts: 100, backoff: 30 } })],
    edges: [],
  });
  await insertConnection(scene.database.pool, flow.organizationId, "away", `http://127.0.0.1:${String(port)}`);
  const id = await startTestRun(scene.worker, flow);
  await eventually(
    () => readSteps(scene.database.pool, id),
    ([step]) => (step?.attempt ?? 0) >= 2,
  );
  expect(await count("select 1 from waitpoints where run_id = $1 and kind <> 'retry'", [id])).toBe(0);
  await listen(port);
  try {
    expect((await scene.finished(id))["status"]).toBe("completed");
    expect(keys).toEqual([`${id}:charge`]);
    expect(await count("select 1 from waitpoints where run_id = $1 and kind = 'handoff'", [id])).toBe(0);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it.each([
  ["completed", ["charge"], ["charge", "after"]],
  ["retry", ["charge"], ["charge", "charge", "after"]],
])(
  "A-4 A-22 an unsafe call that used up the run's active time asks a person first; the limit counts after the answer %s",
  async (resolution, atTheEnd, afterRetry) => {
    const flow = await scene.workflow(charge("/slow-charge"), { timeoutMs: 200 });
    const id = await startTestRun(scene.worker, flow);
    const asked = await scene.openWaitpoint(id);
    expect(asked).toMatchObject({ kind: "handoff", key: "charge", request: { unknownOutcome: true } });
    expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "waiting_human", failure_reason: null });
    scene.release();
    await scene.resolve(flow.organizationId, asked.id, "returned", { resolution });
    expect(await scene.finished(id)).toMatchObject({ status: "failed", failure_reason: "timeout" });
    expect(scene.callsOf(id)).toEqual(atTheEnd);
    // The retry has its time again, and the answer still counts.
    scene.answers.set("/slow-charge", { body: {} });
    await scene.control(flow, id, "retry");
    expect((await scene.finished(id))["status"]).toBe("completed");
    expect(scene.callsOf(id)).toEqual(afterRetry);
  },
);

it("A-15 an unsafe call that was cut off by cancelling is asked about when the run is retried, not repeated", async () => {
  const flow = await scene.workflow(charge("/slow-cut"));
  for (const asksBefore of [false, true]) {
    const id = await startTestRun(scene.worker, asksBefore ? await scene.workflow(charge("/reset")) : flow);
    await received(id, 1);
    const org = String((await readRun(scene.database.pool, id))["organization_id"]);
    const first = asksBefore ? await scene.openWaitpoint(id) : null;
    expect(await scene.control({ ...flow, organizationId: org }, id, "cancel")).toMatchObject({ ok: true });
    scene.release();
    await scene.worker.executor.idle();
    expect(await scene.control({ ...flow, organizationId: org }, id, "retry")).toMatchObject({ ok: true });
    const asked = await scene.openWaitpoint(id, first?.id);
    expect(asked).toMatchObject({ kind: "handoff", key: "charge", request: { unknownOutcome: true } });
    await scene.resolve(org, asked.id, "returned", { resolution: "completed" });
    expect((await scene.finished(id))["status"]).toBe("completed");
    expect(scene.callsOf(id)).toEqual(["charge", "after"]);
  }
});

it(
  "an unsafe step whose process dies between its intent and its record asks a person and is not called again",
  { timeout: 120_000 },
  async () => {
    const alone = await createScene();
    await alone.worker.executor.stop();
    const fleet = await createFleet(alone.database);
    try {
      const worker = await fleet.start();
      const flow = await alone.workflow(charge("/slow-killed"));
      const id = await startTestRun(alone.worker, flow);
      await eventually(
        () => Promise.resolve(alone.callsOf(id)),
        (calls) => calls.length === 1,
      );
      const intent = await alone.database.pool.query("select status, engine from step_runs where run_id = $1", [id]);
      expect(intent.rows).toEqual([{ status: "running", engine: { intent: true } }]);
      await worker.kill();
      await fleet.start();
      const asked = await alone.openWaitpoint(id);
      expect(asked).toMatchObject({ kind: "handoff", key: "charge", request: { unknownOutcome: true } });
      expect((await readRun(alone.database.pool, id))["status"]).toBe("waiting_human");
      expect(alone.callsOf(id)).toEqual(["charge"]);
      await alone.resolve(flow.organizationId, asked.id, "returned", { resolution: "completed" });
      expect((await alone.finished(id))["status"]).toBe("completed");
      expect(alone.callsOf(id)).toEqual(["charge", "after"]);
    } finally {
      await fleet.close();
      await alone.close();
    }
  },
);
