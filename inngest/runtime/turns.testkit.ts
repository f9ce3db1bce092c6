import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import { createGroupWriter } from "@/server/db/group-writer";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { createKeyRing } from "@/server/integrations/secrets/key-ring";
import { createRunStore } from "@/server/modules/runs/store";
import { createTestDatabase } from "@/tests/database";
import { createRuntimeDeps } from "./create-runtime";
import { createRunTurns, type RunTurns } from "./run-turns";
import type { RuntimeDeps } from "./runtime-deps";
import { insertConnection, insertWorkflow, testKeys, type TestWorkflow } from "./runtime.testkit";

/** The turns of runs without an executor: a database, a receiver, and a clock that the test moves. */
export async function createTurnScene() {
  const database = await createTestDatabase();
  process.env["DATABASE_URL"] = database.url;
  process.env["NEXTAUTH_SECRET"] = "a-secret-that-is-long-enough-for-this-test";
  process.env["HOLDPOINT_ENCRYPTION_KEYS"] = `test:${Buffer.alloc(32, 7).toString("base64")}`;
  const calls: { path: string; key: string; body: JsonObject }[] = [];
  /** Statuses to answer with at a path, in order; 200 when they run out. */
  const answers = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as JsonObject;
      calls.push({ path, key: String(request.headers["idempotency-key"]), body });
      response.writeHead(answers.get(path)?.shift() ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ path, n: calls.length }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const writer = createGroupWriter(database.pool);
  const store = createRunStore(database.pool, writer);
  const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1,localhost") });
  const clock = { ahead: 0, now: (): number => Date.now() + clock.ahead };

  return {
    database,
    store,
    clock,
    calls,
    answers,
    callsOf: (runId: string): string[] =>
      calls.filter(({ key }) => key.startsWith(runId)).map(({ key }) => key.slice(runId.length + 1)),
    /** Another process: its own memory over the same database. */
    process(change: (deps: RuntimeDeps) => Partial<RuntimeDeps> = () => ({})): RunTurns {
      const deps = createRuntimeDeps({
        pool: database.pool,
        store,
        httpClient,
        keyRing: createKeyRing(testKeys),
        baseUrl: "http://127.0.0.1:1",
        masterSecret: process.env["NEXTAUTH_SECRET"] ?? "a-secret-that-is-long-enough-for-this-test",
        dispatch: () => undefined,
        memoCommitted: () => undefined,
        stillOurs: () => Promise.resolve(),
        clock,
        log: { warn: () => undefined, error: () => undefined },
      });
      return createRunTurns({ ...deps, ...change(deps) });
    },
    async workflow(document: JsonObject, config: object = {}): Promise<TestWorkflow> {
      const flow = await insertWorkflow(database.pool, document, { config });
      await insertConnection(database.pool, flow.organizationId, "echo", baseUrl);
      return flow;
    },
    async open(runId: string): Promise<{ id: string; kind: string; key: string }[]> {
      const { rows } = await database.pool.query<{ id: string; kind: string; key: string }>(
        "select id, kind, key from waitpoints where run_id = $1 and status = 'open' order by created_at, id",
        [runId],
      );
      return rows;
    },
    resolve: (flow: TestWorkflow, id: string, outcome: string) =>
      store.resolve({
        id,
        org: flow.organizationId,
        outcome,
        resolution: {},
        byId: null,
        byName: "Kim",
        via: "api",
        actor: { name: "Kim" },
        action: `waitpoint.${outcome}`,
        audit: {},
        eventId: newId(),
      }),
    async close(): Promise<void> {
      await writer.close();
      await httpClient.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

export type TurnScene = Awaited<ReturnType<typeof createTurnScene>>;
