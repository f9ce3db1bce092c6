import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { eventually, insertConnection, startTestWorker, type TestWorker } from "@/inngest/runtime/runtime.testkit";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";

/** The REST API, a worker that runs what it starts, and a receiver whose answers a test decides. */
export interface RunsScene {
  database: TestDatabase;
  north: TestOrganization;
  /** Another organization. */
  south: TestOrganization;
  worker: TestWorker;
  /** Paths of the receiver that answer 500. */
  broken: Set<string>;
  /** Paths of the receiver that take a call and answer nothing. */
  cut: Set<string>;
  /** Paths that were called, in order. */
  called: string[];
  /** Calls as the owner of `north`. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<RestAnswer>;
  /** Saves and publishes a workflow. */
  publish(slug: string, spec: object, more?: object): Promise<{ id: string }>;
  start(slug: string, input?: object): Promise<string>;
  /** The run, once it has this status and its driver is done with it. */
  reached(runId: string, status: string): Promise<RestAnswer["json"]>;
  close(): Promise<void>;
}

export async function createRunsScene(): Promise<RunsScene> {
  const database = await useTestDatabase();
  const [north, south] = [await createTestOrganization("north"), await createTestOrganization("south")];
  const receiver = await startReceiver();
  await insertConnection(database.pool, north.id, "echo", receiver.url);
  const worker = await startTestWorker(database);
  const call: RunsScene["call"] = (method, path, body, headers) =>
    rest(north.members.owner.apiKey, method, path, body, headers);
  return {
    database,
    north,
    south,
    worker,
    broken: receiver.broken,
    cut: receiver.cut,
    called: receiver.called,
    call,
    async publish(slug, spec, more = {}) {
      const saved = await call("POST", "/api/workflows", { slug, name: slug, spec, ...more });
      expect(saved).toMatchObject({ status: 201 });
      const published = await call("POST", `/api/workflows/${slug}/publish`);
      expect(published, JSON.stringify(published.json)).toMatchObject({ status: 200 });
      return { id: published.json.data.workflow.id };
    },
    async start(slug, input = {}) {
      const started = await call("POST", "/api/v1/workflows", { template_id: slug, input });
      expect(started).toMatchObject({ status: 201 });
      return started.json.id;
    },
    async reached(runId, status) {
      const run = await eventually(
        async () => {
          const seen = await call("GET", `/api/v1/workflows/${runId}`);
          expect(seen).toMatchObject({ status: 200 });
          return seen.json;
        },
        (seen) => seen.status === status,
      );
      await worker.executor.idle();
      return run;
    },
    async close() {
      await worker.stop();
      await receiver.close();
      await database.close();
    },
  };
}

/** A call of the receiver. */
export const effect = (id: string, more: object = {}): object => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path: `/${id}`,
  retry: { maxAttempts: 1 },
  ...more,
});

export const edge = (from: string, to: string, branch?: string): object => ({
  from,
  to,
  ...(branch === undefined ? {} : { case: branch }),
});

async function startReceiver() {
  const [broken, cut, called] = [new Set<string>(), new Set<string>(), [] as string[]];
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const path = request.url ?? "";
      called.push(path);
      if (cut.has(path)) {
        request.socket.destroy();
        return;
      }
      response.writeHead(broken.has(path) ? 500 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ path }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    broken,
    cut,
    called,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
