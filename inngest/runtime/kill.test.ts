import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { createGroupWriter, type GroupWriter } from "@/server/db/group-writer";
import { createRunStore, type RunStore } from "@/server/modules/runs/store";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { eventually, insertConnection, insertWorkflow, startTestRun, type TestWorkflow } from "./runtime.testkit";
import { patient } from "./patience.testkit";
import { createWorkerProcess, type WorkerProcess } from "./worker-process.testkit";

const kills = Number(process.env["FAULT_KILLS"] ?? "10");
const runsOfEach = Number(process.env["FAULT_RUNS"] ?? "20");

let database: TestDatabase;
let worker: WorkerProcess;
let writer: GroupWriter;
let store: RunStore;
let server: Server;
let baseUrl: string;
let approver: { stop(): Promise<void> } | undefined;
/** Physical calls by idempotency key. A receiver that de-duplicates by it acts once however often it is called. */
const calls = new Map<string, number>();

beforeAll(async () => {
  database = await createTestDatabase();
  writer = createGroupWriter(database.pool);
  store = createRunStore(database.pool, writer);
  server = createServer((request, response) => {
    const key = String(request.headers["idempotency-key"]);
    calls.set(key, (calls.get(key) ?? 0) + 1);
    request.resume();
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ key }));
    }, 15);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  worker = await createWorkerProcess(database);
}, 120_000);

afterAll(async () => {
  await approver?.stop();
  await worker.close();
  server.closeAllConnections();
  server.close();
  await writer.close();
  await database.close();
});

const call = (id: string, path = `/${id}`): JsonObject => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path,
});
const chain = (...ids: string[]) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", to }));

/** Five shapes of run: plain, approval, timer, loop, parallel with a join. */
const shapes: Record<string, JsonObject> = {
  plain: {
    startNodeId: "a",
    nodes: ["a", "b", "c", "d", "e"].map((id) => call(id)),
    edges: chain("a", "b", "c", "d", "e"),
  },
  approval: {
    startNodeId: "a",
    nodes: [call("a"), { id: "ask", type: "approval", assignTo: "role:manager" }, call("b"), call("c")],
    edges: [...chain("a", "ask"), { from: "ask", to: "b", case: "approved" }, ...chain("b", "c")],
  },
  timer: {
    startNodeId: "a",
    nodes: [call("a"), { id: "nap", type: "wait", duration: "PT0.5S" }, call("b")],
    edges: chain("a", "nap", "b"),
  },
  loop: {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${[1,2,3,4,5,6]}",
        concurrency: 2,
        body: { startNodeId: "item", nodes: [call("item")], edges: [] },
      },
      call("z"),
    ],
    edges: chain("each", "z"),
  },
  parallel: {
    startNodeId: "fork",
    nodes: [{ id: "fork", type: "parallel" }, call("left"), call("right"), call("right2"), call("joined")],
    edges: [...chain("fork", "left", "joined"), ...chain("fork", "right", "right2", "joined")],
  },
};
const expectedSteps: Record<string, number> = { plain: 5, approval: 3, timer: 2, loop: 7, parallel: 4 };

/** Decides every approval that opens, until stopped: the person in this test. */
function startApprover(): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const { rows } = await database.pool.query<{ id: string; organization_id: string }>(
        "select id, organization_id from waitpoints where kind = 'approval' and status = 'open' limit 20",
      );
      await Promise.all(
        rows.map((row) =>
          store.resolve({
            id: row.id,
            org: row.organization_id,
            outcome: "approved",
            resolution: {},
            byId: null,
            byName: "Kim",
            via: "api",
            actor: {},
            action: "approval.approved",
            audit: {},
            eventId: newId(),
          }),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}

it(
  `R1 a worker killed with -9 ${String(kills)} times during ${String(runsOfEach * 5)} mixed runs: none lost, no recorded step runs again`,
  { timeout: patient(240_000) },
  async ({ annotate }) => {
    const organizationId = newId();
    await database.pool.query("insert into organizations (id, slug, name) values ($1, 'kill', 'Kill')", [
      organizationId,
    ]);
    await insertConnection(database.pool, organizationId, "echo", baseUrl);
    const workflows = new Map<string, TestWorkflow>();
    for (const [name, document] of Object.entries(shapes))
      workflows.set(name, await insertWorkflow(database.pool, document, { organizationId }));
    approver = startApprover();
    await worker.start();
    const started: { id: string; shape: string }[] = [];
    let killed = 0;
    for (let round = 0; round < kills; round += 1) {
      for (let index = 0; index < runsOfEach / kills; index += 1) {
        for (const [shape, workflow] of workflows) started.push({ id: await startTestRun({ store }, workflow), shape });
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * patient(400)));
      await worker.kill();
      killed += 1;
      await worker.start();
    }
    const open = () =>
      database.pool.query<{ id: string; status: string }>("select id, status from runs where ended_at is null");
    await eventually(open, ({ rows }) => rows.length === 0, patient(90_000));
    await approver.stop();

    expect(killed).toBe(kills);
    const { rows } = await database.pool.query<{ id: string; status: string; error: unknown }>(
      "select id, status, error from runs",
    );
    expect(rows.filter((row) => row.status !== "completed")).toEqual([]);
    expect(rows).toHaveLength(started.length);
    for (const { id, shape } of started) {
      const keys = [...calls.keys()].filter((key) => key.startsWith(`${id}:`));
      expect(keys, `${shape} ${id}`).toHaveLength(expectedSteps[shape] ?? 0);
    }
    // A step in flight when its worker dies is called again, with the same key; one that was recorded never is.
    const repeated = [...calls.values()].reduce((sum, count) => sum + count - 1, 0);
    const { rows: steps } = await database.pool.query<{ count: string }>(
      "select count(*) from step_runs where status = 'completed' and type = 'service_call'",
    );
    const lost = rows.filter((row) => row.status !== "completed").length;
    await annotate(
      `${String(started.length)} runs, ${String(lost)} lost; ${String(calls.size)} keys, ${String(repeated)} repeated calls, ${String(Number(steps[0]?.count) - calls.size)} steps recorded twice`,
    );
    expect(Number(steps[0]?.count)).toBe(calls.size);
    // An interruption repeats a call that was under way once.
    expect(Math.max(...calls.values())).toBeLessThanOrEqual(kills + 1);
  },
);
