import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { eventually } from "./patience.testkit";

type Handler = (request: Request) => Promise<Response>;

/** One process behind the app's address. */
export interface ServingWorker {
  handler: Handler;
  /** Calls it takes at once; more wait until it has room. */
  limit: number;
  busy: number;
}

/** The functions of one test database as a real server sees them: one app at one address, with any number of workers behind it. */
export interface ServedApp {
  id: string;
  workers: ServingWorker[];
  /** Calls of the drivers that a run has had so far reach no worker any more: the server is told that they failed for good. */
  loseDrivers(runId: string): void;
  /** Calls under way, of one driver or of all. */
  underWay(driverId?: string): number;
  /** Calls that came so far. */
  calls(): number;
  /** Tells the server which functions there are, and where. */
  register(): Promise<void>;
  close(): Promise<void>;
}

const path = "/api/inngest";
const noRetry = { "x-inngest-sdk": "inngest-js:test", "x-inngest-no-retry": "true" };
export const urlAt = (port: number): string => `http://127.0.0.1:${String(port)}${path}`;

/** A client as inngest/client.ts makes it for a real server; the SDK reads where that is from INNGEST_*. */
export function createServedClient(id: string) {
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  return new Inngest({
    id,
    logger: { ...quiet, flush: () => Promise.resolve() },
    checkpointing: { bufferedSteps: 1, maxRuntime: "50s" },
  });
}

export const serveFunctions = (client: Inngest.Any, functions: InngestFunction.Any[]): Handler =>
  serve({ client, functions });

export async function startServedApp(id = `test-${randomBytes(6).toString("hex")}`, port = 0): Promise<ServedApp> {
  const workers: ServingWorker[] = [];
  const drivers = new Map<string, Set<string>>();
  const lost = new Set<string>();
  const current = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let came = 0;
  let closing = false;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      process.emitWarning(`A call could not be answered: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = urlAt((server.address() as AddressInfo).port);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const driver = request.method === "POST" ? String(request.headers["x-run-id"]) : null;
    // Nobody of this app answers any more; the server may ask somebody else, later.
    if (closing && driver !== null) return void response.writeHead(503).end();
    if (driver !== null && lost.has(driver)) return void response.writeHead(400, noRetry).end('{"name":"Lost"}');
    if (driver !== null) arrived(driver, body);
    const worker = await free();
    try {
      const asked = new Request(new URL(request.url ?? path, url), {
        method: request.method ?? "GET",
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body === "" ? {} : { body }),
      });
      const answered = await worker.handler(asked);
      const headers = Object.fromEntries(answered.headers);
      // As the embedded executor of a test: it tries again at once, and not after a minute.
      if (headers["x-inngest-no-retry"] === "false") headers["retry-after"] ??= "1";
      response.writeHead(answered.status, headers).end(await answered.text());
    } finally {
      worker.busy -= 1;
      if (driver !== null) current.set(driver, (current.get(driver) ?? 1) - 1);
      waiting.shift()?.();
    }
  }

  function arrived(driver: string, body: string): void {
    came += 1;
    current.set(driver, (current.get(driver) ?? 0) + 1);
    const { event } = JSON.parse(body) as { event?: { data?: { runId?: string } } };
    const runId = event?.data?.runId;
    if (runId !== undefined) drivers.set(runId, (drivers.get(runId) ?? new Set()).add(driver));
  }

  async function free(): Promise<ServingWorker> {
    for (;;) {
      const [idlest] = workers.toSorted((a, b) => a.busy - b.busy);
      if (idlest && idlest.busy < idlest.limit) {
        idlest.busy += 1;
        return idlest;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  const underWay = (driverId?: string): number =>
    driverId === undefined ? [...current.values()].reduce((sum, n) => sum + n, 0) : (current.get(driverId) ?? 0);
  return {
    id,
    workers,
    loseDrivers: (runId) => drivers.get(runId)?.forEach((driver) => lost.add(driver)),
    underWay,
    calls: () => came,
    register: () => syncApp(url),
    async close() {
      closing = true;
      while (underWay() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      workers.splice(0, workers.length, emptyWorker(id));
      await syncApp(url);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A worker of an app without functions: registered so, the app hears of no event any more. */
const emptyWorker = (id: string): ServingWorker => ({
  handler: serveFunctions(createServedClient(id), []),
  limit: Number.POSITIVE_INFINITY,
  busy: 0,
});

/** Makes the functions at `url` known to the server, as the SDK's PUT does; waits for a server that is just starting again. */
export async function syncApp(url: string): Promise<void> {
  await eventually(
    async () => {
      const answer = await fetch(url, { method: "PUT" });
      return answer.ok ? null : `${String(answer.status)} ${await answer.text()}`;
    },
    (problem) => problem === null,
  );
}

/** Takes an app's functions from the server when nothing serves them any more. */
export async function retireApp(id: string): Promise<void> {
  const app = await startServedApp(id);
  await app.close();
}
