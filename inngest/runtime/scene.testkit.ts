import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { RunStore } from "@/server/modules/runs/store";
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

export interface ReceivedCall {
  path: string;
  key: string;
  body: string;
}

/** A worker, a database and a receiver that answers as told: everything one theme's tests share. */
export interface Scene {
  database: TestDatabase;
  worker: TestWorker;
  calls: ReceivedCall[];
  /** What the receiver answers at a path, at once, where that is not the usual. */
  answers: Map<string, { status?: number; body?: JsonObject }>;
  /** Lets the calls go that hang at `/slow`. */
  release(): void;
  workflow(document: object, config?: object): Promise<TestWorkflow>;
  finished(runId: string): Promise<Record<string, unknown>>;
  /** The run's open question, once the run is parked on it. */
  openWaitpoint(
    runId: string,
    notThis?: string,
  ): Promise<{ id: string; kind: string; key: string; request: JsonObject }>;
  resolve(
    organizationId: string,
    id: string,
    outcome: string,
    resolution?: JsonObject,
    through?: RunStore,
  ): Promise<JsonObject>;
  control(flow: TestWorkflow, id: string, verb: string, more?: JsonObject, through?: RunStore): Promise<JsonObject>;
  callsOf(runId: string): string[];
  close(): Promise<void>;
}

const over = new Set(["completed", "failed", "cancelled"]);
export const isOver = (run: Record<string, unknown>): boolean => over.has(String(run["status"]));

export async function createScene(overrides: Parameters<typeof startTestWorker>[1] = {}): Promise<Scene> {
  const database = await createTestDatabase();
  process.env["DATABASE_URL"] = database.url;
  process.env["NEXTAUTH_SECRET"] = "a-secret-that-is-long-enough-for-this-test";
  process.env["HOLDPOINT_ENCRYPTION_KEYS"] = `test:${Buffer.alloc(32, 7).toString("base64")}`;
  const calls: ReceivedCall[] = [];
  const answers: Scene["answers"] = new Map();
  const held: (() => void)[] = [];
  let closing = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      calls.push({ path, key: String(request.headers["idempotency-key"]), body: Buffer.concat(chunks).toString() });
      const told = answers.get(path);
      const answer = (status: number): void => {
        response.writeHead(told?.status ?? status, { "content-type": "application/json" });
        response.end(JSON.stringify(told?.body ?? { path, n: calls.length }));
      };
      if (!told && !closing && path.startsWith("/slow"))
        held.push(() => {
          answer(200);
        });
      else if (path.startsWith("/reset")) request.socket.destroy();
      else answer(path.startsWith("/broken") ? 500 : 200);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const worker = await startTestWorker(database, overrides);
  return {
    database,
    worker,
    calls,
    answers,
    release: () => {
      held.splice(0).forEach((go) => {
        go();
      });
    },
    async workflow(document, config = {}) {
      const inserted = await insertWorkflow(database.pool, document as JsonObject, { config });
      await insertConnection(database.pool, inserted.organizationId, "echo", baseUrl);
      return inserted;
    },
    finished: (runId) => eventually(() => readRun(database.pool, runId), isOver),
    async openWaitpoint(runId, notThis = "") {
      const found = await eventually(
        async () =>
          (
            await database.pool.query<{ id: string; kind: string; key: string; request: JsonObject }>(
              "select id, kind, key, request from waitpoints where run_id = $1 and status = 'open' and kind not in ('retry', 'age') and id::text <> $2",
              [runId, notThis],
            )
          ).rows[0],
        (row) => row !== undefined,
      );
      await eventually(
        () => readRun(database.pool, runId),
        (run) => run["parked_by"] !== null,
      );
      if (!found) throw new Error("no waitpoint");
      return found;
    },
    resolve: (org, id, outcome, resolution = {}, through = worker.store) =>
      through.resolve({
        id,
        org,
        outcome,
        resolution,
        byId: null,
        byName: "Kim",
        via: "api",
        actor: { name: "Kim" },
        action: `waitpoint.${outcome}`,
        audit: {},
        eventId: newId(),
      }),
    control: (flow, id, verb, more = {}, through = worker.store) =>
      through.control({
        id,
        org: flow.organizationId,
        verb,
        from: froms[verb] ?? [],
        supersede: [],
        actor: { name: "Kim" },
        eventId: newId(),
        reason: null,
        ...more,
      }),
    callsOf: (runId) =>
      calls.filter((call) => call.key.startsWith(runId)).map((call) => call.key.slice(runId.length + 1)),
    close: async () => {
      closing = true;
      held.splice(0).forEach((go) => {
        go();
      });
      await worker.stop();
      await closeServer(server);
      await database.close();
    },
  };
}

const froms: Readonly<Record<string, string[]>> = {
  pause: ["pending", "running", "waiting_async", "waiting_approval", "waiting_human", "waiting_form"],
  resume: ["paused"],
  cancel: ["pending", "running", "paused", "waiting_async", "waiting_approval", "waiting_human", "waiting_form"],
  retry: ["failed", "cancelled"],
};

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A call of the scene's receiver. */
export const call = (id: string, path = `/${id}`, more: object = {}): JsonObject => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path,
  body: { id },
  ...more,
});
export const edges = (...pairs: [from: string, to: string, branch?: string][]): JsonObject[] =>
  pairs.map(([from, to, branch]) => ({ from, to, ...(branch === undefined ? {} : { case: branch }) }));
