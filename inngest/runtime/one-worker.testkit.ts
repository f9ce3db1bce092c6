import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { newId } from "@/core/ids";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import {
  eventually,
  insertConnection,
  insertWorkflow,
  readRun,
  startTestWorker,
  type TestWorker,
  type TestWorkflow,
} from "./runtime.testkit";

export const isOver = (run: Record<string, unknown>): boolean =>
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

export const call = (id: string, path = `/${id}`, more: object = {}) => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path,
  body: { id },
  ...more,
});

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let database: TestDatabase;
export let worker: TestWorker;

export const echo = echoServer();

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

export async function workflow(document: object, config: object = {}): Promise<TestWorkflow> {
  const inserted = await insertWorkflow(database.pool, document as never, { config });
  await insertConnection(database.pool, inserted.organizationId, "echo", baseUrl);
  return inserted;
}

export const finished = (id: string) => eventually(() => readRun(database.pool, id), isOver);

export const approvalFlow = {
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

export const openWaitpoint = async (runId: string): Promise<string> => {
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

export const resolve = (org: string, id: string, outcome: string, resolution: object = {}) =>
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
