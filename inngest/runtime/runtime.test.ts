import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import {
  eventually,
  insertConnection,
  insertWorkflow,
  readRun,
  readSteps,
  startTestRun,
  startTestWorker,
  type TestWorker,
  type TestWorkflow,
} from "./runtime.testkit";
import { patient } from "./patience.testkit";

const isOver = (run: Record<string, unknown>): boolean =>
  ["completed", "failed", "cancelled"].includes(String(run["status"]));

/** Answers with what it got; `/slow` only when released, `/flaky` fails twice. */
function echoServer() {
  const calls: { path: string; key: string; body: string }[] = [];
  const held: (() => void)[] = [];
  let flaky = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      calls.push({ path, key: String(request.headers["idempotency-key"]), body: Buffer.concat(chunks).toString() });
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      };
      if (path === "/slow")
        held.push(() => {
          answer(200, { path });
        });
      else if (path === "/flaky" && (flaky += 1) <= 2) answer(503, { error: "busy" });
      else if (path === "/broken") answer(500, { error: "broken" });
      else answer(200, { path, n: calls.length });
    });
  });
  return {
    server,
    calls,
    release: () => {
      held.splice(0).forEach((go) => {
        go();
      });
    },
  };
}

const call = (id: string, path = `/${id}`, more: object = {}) => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path,
  body: { id },
  ...more,
});

describe("runs on the executor", () => {
  let database: TestDatabase;
  let worker: TestWorker;
  const echo = echoServer();
  let server: Server;
  let baseUrl = "";

  beforeAll(async () => {
    database = await createTestDatabase();
    process.env["DATABASE_URL"] = database.url;
    process.env["NEXTAUTH_SECRET"] = "a-secret-that-is-long-enough-for-this-test";
    process.env["HOLDPOINT_ENCRYPTION_KEYS"] = `test:${Buffer.alloc(32, 7).toString("base64")}`;
    server = echo.server.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    worker = await startTestWorker(database);
  });
  afterAll(async () => {
    await worker.stop();
    server.close();
    await database.close();
  });

  async function workflow(document: object, config: object = {}): Promise<TestWorkflow> {
    const inserted = await insertWorkflow(database.pool, document as never, { config });
    await insertConnection(database.pool, inserted.organizationId, "echo", baseUrl);
    return inserted;
  }
  const finished = (id: string) => eventually(() => readRun(database.pool, id), isOver);

  it("A-2 A-19 A-21 runs five durable steps in order and gives the last output", async () => {
    const five = await workflow({
      startNodeId: "a",
      nodes: ["a", "b", "c", "d", "e"].map((id) => call(id)),
      edges: [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
        ["d", "e"],
      ].map(([from, to]) => ({ from, to })),
    });
    const id = await startTestRun(worker, five);
    const run = await finished(id);
    expect(run["error"]).toBeNull();
    expect(run["status"]).toBe("completed");
    expect((await readSteps(database.pool, id)).map((step) => [step.key, step.status])).toEqual(
      ["a", "b", "c", "d", "e"].map((key) => [key, "completed"]),
    );
    expect(run["output"]).toMatchObject({ path: "/e" });
    const keys = echo.calls.filter((made) => made.key.startsWith(id)).map((made) => made.key);
    expect(keys).toEqual(["a", "b", "c", "d", "e"].map((node) => `${id}:${node}`));
  });

  const approvalFlow = {
    startNodeId: "quote",
    nodes: [
      call("quote"),
      {
        id: "ask",
        type: "approval",
        assignTo: "role:manager",
        actionLabel: "Go on?",
        bindFields: ["step.quote.output.path"],
      },
      call("act"),
      { id: "sorry", type: "transform", expression: { why: "${step.ask.output.comment}" } },
    ],
    edges: [
      { from: "quote", to: "ask" },
      { from: "ask", to: "act", case: "approved" },
      { from: "ask", to: "sorry", case: "rejected" },
    ],
  };
  const openWaitpoint = async (runId: string): Promise<string> => {
    const rows = await eventually(
      async () =>
        (
          await database.pool.query<{ id: string }>(
            "select id from waitpoints where run_id = $1 and status = 'open' and kind <> 'retry'",
            [runId],
          )
        ).rows,
      (found) => found.length > 0,
    );
    await eventually(
      () => readRun(database.pool, runId),
      (run) => run["parked_by"] !== null,
    );
    return rows[0]?.id ?? "";
  };
  const resolve = (org: string, id: string, outcome: string, resolution: object = {}) =>
    worker.store.resolve({
      id,
      org,
      outcome,
      resolution: resolution as never,
      byId: null,
      byName: "Kim",
      via: "api",
      actor: { name: "Kim" },
      action: `approval.${outcome}`,
      audit: {},
      eventId: newId(),
    });

  it("F-26 A-5 A-20 A-16 an approval parks the run and approving goes on", async () => {
    const flow = await workflow(approvalFlow);
    const id = await startTestRun(worker, flow);
    const waitpoint = await openWaitpoint(id);
    expect((await readRun(database.pool, id))["status"]).toBe("waiting_approval");
    expect(await resolve(flow.organizationId, waitpoint, "approved", { comment: "fine" })).toMatchObject({ ok: true });
    expect((await finished(id))["status"]).toBe("completed");
    expect((await readSteps(database.pool, id)).map((step) => [step.key, step.status])).toEqual(
      expect.arrayContaining([
        ["quote", "completed"],
        ["ask", "completed"],
        ["act", "completed"],
        ["sorry", "skipped"],
      ]),
    );
    expect(await resolve(flow.organizationId, waitpoint, "rejected")).toMatchObject({
      ok: false,
      outcome: "approved",
      by: "Kim",
    });
  });

  it("F-40 rejection takes the alternative path", async () => {
    const flow = await workflow(approvalFlow);
    const id = await startTestRun(worker, flow);
    await resolve(flow.organizationId, await openWaitpoint(id), "rejected", { comment: "too dear" });
    const run = await finished(id);
    expect(run).toMatchObject({ status: "completed", output: { why: "too dear" } });
    expect(echo.calls.some((made) => made.key === `${id}:act`)).toBe(false);
  });

  it("A-17 rejection without a path fails the run with approval_rejected", async () => {
    const flow = await workflow({
      ...approvalFlow,
      nodes: approvalFlow.nodes.slice(0, 3),
      edges: approvalFlow.edges.slice(0, 2),
    });
    const id = await startTestRun(worker, flow);
    await resolve(flow.organizationId, await openWaitpoint(id), "rejected");
    expect(await finished(id)).toMatchObject({ status: "failed", failure_reason: "approval_rejected" });
  });

  it("F-39 an approval that times out takes its fallback", async () => {
    const timed = { id: "ask", type: "approval", assignTo: "role:manager", timeout: "PT0.3S", onTimeout: "reject" };
    const flow = await workflow({
      ...approvalFlow,
      nodes: approvalFlow.nodes.map((node) => (node.id === "ask" ? timed : node)),
    });
    const id = await startTestRun(worker, flow);
    expect((await finished(id))["status"]).toBe("completed");
    expect((await readSteps(database.pool, id)).find((step) => step.key === "act")?.status).toBe("skipped");
    const { rows } = await database.pool.query<{ outcome: string }>(
      "select outcome from waitpoints where run_id = $1",
      [id],
    );
    expect(rows[0]?.outcome).toBe("timed_out");
  });

  it("K-25 a duration waits as a row and goes on", async () => {
    const flow = await workflow({
      startNodeId: "a",
      nodes: [call("a"), { id: "nap", type: "wait", duration: "PT0.2S" }, call("b")],
      edges: [
        { from: "a", to: "nap" },
        { from: "nap", to: "b" },
      ],
    });
    const id = await startTestRun(worker, flow);
    expect((await finished(id))["status"]).toBe("completed");
  });

  it("K-27 a wait of hours hibernates: the run is a row, with no job and no memory of it needed", async () => {
    const flow = await workflow({
      startNodeId: "a",
      nodes: [call("a"), { id: "nap", type: "wait", duration: "PT2H" }, call("b")],
      edges: [
        { from: "a", to: "nap" },
        { from: "nap", to: "b" },
      ],
    });
    const id = await startTestRun(worker, flow);
    const run = await eventually(
      () => readRun(database.pool, id),
      (seen) => seen["parked_by"] !== null,
    );
    expect(run["status"]).toBe("waiting_async");
    await eventually(
      () => worker.executor.isAtRest(String(run["parked_by"])),
      (atRest) => atRest,
    );
    const due = (run["next_due_at"] as Date).getTime() - (run["started_at"] as Date).getTime();
    expect(due).toBeGreaterThan(7_100_000);
  });

  it("A-4 a failing call is retried with backoff until it succeeds, and its failed tries are kept", async () => {
    const flow = await workflow({
      startNodeId: "a",
      nodes: [call("a", "/flaky", { retry: { maxAttempts: 3, backoff: 20, retryOn: ["5xx"] } })],
      edges: [],
    });
    const id = await startTestRun(worker, flow);
    expect((await finished(id))["status"]).toBe("completed");
    expect((await readSteps(database.pool, id))[0]).toMatchObject({ key: "a", attempt: 3 });
  });

  it("A-22 a step that keeps failing fails the run, and A-15 retry goes on from it", async () => {
    const flow = await workflow({
      startNodeId: "a",
      nodes: [call("a"), call("b", "/broken", { retry: { maxAttempts: 2, backoff: 10 } })],
      edges: [{ from: "a", to: "b" }],
    });
    const id = await startTestRun(worker, flow);
    expect(await finished(id)).toMatchObject({ status: "failed", failure_reason: "step_failed" });
    await worker.store.control({
      id,
      org: flow.organizationId,
      verb: "retry",
      from: ["failed"],
      supersede: [],
      actor: { name: "Kim" },
      eventId: newId(),
      reason: null,
    });
    await eventually(
      async () => echo.calls.filter((made) => made.key.startsWith(`${id}:b`)).length,
      (count) => count === 4,
    );
    expect((await finished(id))["status"]).toBe("failed");
    expect(echo.calls.filter((made) => made.key === `${id}:a`)).toHaveLength(1);
  });

  it("a slow call in one branch never delays another branch, even past an approval", async () => {
    const flow = await workflow({
      startNodeId: "fork",
      nodes: [
        { id: "fork", type: "parallel" },
        call("slow", "/slow"),
        { id: "ask", type: "approval", assignTo: "role:manager" },
        call("after"),
        call("joined"),
      ],
      edges: [
        { from: "fork", to: "slow" },
        { from: "fork", to: "ask" },
        { from: "ask", to: "after", case: "approved" },
        { from: "slow", to: "joined" },
        { from: "after", to: "joined" },
      ],
    });
    const id = await startTestRun(worker, flow);
    const waitpoint = await eventually(
      async () =>
        (await database.pool.query<{ id: string }>("select id from waitpoints where run_id = $1", [id])).rows[0]?.id,
      (found) => found !== undefined,
    );
    await eventually(
      () => Promise.resolve(echo.calls),
      (calls) => calls.some((made) => made.key === `${id}:slow`),
    );
    await resolve(flow.organizationId, waitpoint ?? "", "approved");
    await eventually(
      () => Promise.resolve(echo.calls),
      (calls) => calls.some((made) => made.key === `${id}:after`),
    );
    echo.release();
    expect((await finished(id))["status"]).toBe("completed");
    expect(echo.calls.filter((made) => made.key === `${id}:joined`)).toHaveLength(1);
  });

  it("M-9 a loop runs its body for each item and collects results in item order", async () => {
    const flow = await workflow({
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "${input.names}",
          itemName: "name",
          concurrency: 2,
          body: {
            startNodeId: "hi",
            nodes: [
              { id: "hi", type: "service_call", service: "echo", method: "POST", path: "/hi-${name}" },
              {
                id: "shape",
                type: "transform",
                expression: { name: "${name}", n: "${index + 1}", path: "${step.hi.output.path}" },
              },
            ],
            edges: [{ from: "hi", to: "shape" }],
          },
        },
        { id: "out", type: "output", output: { greeted: "${step.each.output}" } },
      ],
      edges: [{ from: "each", to: "out" }],
    });
    const id = await startTestRun(worker, flow, { names: ["ann", "bo", "cy"] });
    const run = await finished(id);
    expect(run["error"]).toBeNull();
    expect(run["output"]).toEqual({
      greeted: ["ann", "bo", "cy"].map((name, index) => ({ name, n: index + 1, path: `/hi-${name}` })),
    });
  });

  it("A-12 A-13 A-14 pause stops before the next step, resume goes on, cancel closes what is open", async () => {
    const flow = await workflow(approvalFlow);
    const id = await startTestRun(worker, flow);
    const waitpoint = await openWaitpoint(id);
    const control = (verb: string, from: string[]) =>
      worker.store.control({
        id,
        org: flow.organizationId,
        verb,
        from,
        actor: { name: "Kim" },
        eventId: newId(),
        reason: "because",
      });
    expect(await control("pause", ["waiting_approval"])).toMatchObject({ ok: true });
    await resolve(flow.organizationId, waitpoint, "approved");
    expect((await readRun(database.pool, id))["status"]).toBe("paused");
    expect(await control("resume", ["paused"])).toMatchObject({ ok: true });
    expect((await finished(id))["status"]).toBe("completed");

    const other = await startTestRun(worker, flow);
    const open = await openWaitpoint(other);
    await worker.store.control({
      id: other,
      org: flow.organizationId,
      verb: "cancel",
      from: ["waiting_approval"],
      actor: {},
      eventId: newId(),
      reason: "no longer wanted",
    });
    expect(await readRun(database.pool, other)).toMatchObject({
      status: "cancelled",
      cancel_reason: "no longer wanted",
    });
    expect(await resolve(flow.organizationId, open, "approved")).toMatchObject({ ok: false, status: "cancelled" });
  });

  it("a run of more steps than one driver takes is handed over and ends", async () => {
    const flow = await workflow({
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "${input.list}",
          concurrency: 1,
          body: { startNodeId: "hi", nodes: [call("hi")], edges: [] },
        },
      ],
      edges: [],
    });
    const id = await startTestRun(worker, flow, { list: Array.from({ length: 320 }, (_, index) => index) });
    const run = await eventually(() => readRun(database.pool, id), isOver, patient(60_000));
    expect(run["error"]).toBeNull();
    expect(run["status"]).toBe("completed");
    expect(run["generation"]).toBe(2);
    expect(echo.calls.filter((made) => made.key.startsWith(`${id}:hi`))).toHaveLength(320);
  });
});
