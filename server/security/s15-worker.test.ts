import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { fakeInngestServer, type FakeInngestServer } from "@/inngest/remote/inngest-server.testkit";
import { loopbackPort } from "@/inngest/remote/loopback-port.testkit";
import { startRemote } from "@/inngest/remote/start-remote";
import { useTestDatabase } from "@/server/db/database.testkit";
import { env } from "@/server/env";
import type { TestDatabase } from "@/tests/database";
import { startInstance } from "@/tests/instance";
import { report } from "./extent.testkit";

const signingKey = "signkey-prod-0123456789abcdef";
const publicAddress = "https://workers.example.com/holdpoint";
let database: TestDatabase;
let inngest: FakeInngestServer;
let worker: { stop(): Promise<void> };
let origin: string;

beforeAll(async () => {
  inngest = await fakeInngestServer();
  const free = createServer();
  const port = await loopbackPort(free);
  await new Promise((resolve) => free.close(resolve));
  origin = `http://127.0.0.1:${port}`;
  database = await useTestDatabase({
    INNGEST_BASE_URL: inngest.url,
    INNGEST_EVENT_KEY: "event-key",
    INNGEST_SIGNING_KEY: signingKey,
    HOLDPOINT_WORKER_PORT: String(port),
    HOLDPOINT_WORKER_URL: publicAddress,
    CANARY_OF_THE_ENVIRONMENT: "canary-of-the-environment",
  });
  const { inngestServer } = env();
  if (inngestServer.kind === "embedded") throw new Error("expected a server");
  worker = await startRemote(inngestServer);
  await vi.waitFor(() => expect(inngest.registrations).not.toEqual([]), 20_000);
});
afterAll(async () => {
  await worker.stop();
  await inngest.close();
  await database.close();
});

const now = (): number => Math.floor(Date.now() / 1000);

function signature(body: string, { at = now(), key = signingKey }: { at?: number; key?: string } = {}): string {
  const sum = createHmac("sha256", key.replace(/^signkey-\w+-/, ""))
    .update(body)
    .update(String(at))
    .digest("hex");
  return `t=${at}&s=${sum}`;
}

/** As a server writes it: what is signed has its names in order. */
const event = { data: {}, id: "e", name: "run/started", ts: 0 };
const call = JSON.stringify({
  ctx: { attempt: 0, fn_id: "x", qi_id: "", run_id: "01JABCDEFG", stack: { current: 0, stack: [] }, use_api: false },
  event,
  events: [event],
  steps: {},
  use_api: false,
  version: 1,
});

async function send(method: string, path: string, headers: Record<string, string>, body: string) {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
    redirect: "manual",
  });
  return { status: response.status, text: `${JSON.stringify([...response.headers])} ${await response.text()}` };
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];
const functionPath = "/api/inngest?fnId=holdpoint-run-workflow&stepId=step";

it("S15 M12 a worker's endpoint answers nobody but the server: not unsigned, stale, wrongly signed or replayed calls", async () => {
  const registered = inngest.registrations.length;
  const bad: Readonly<Record<string, Record<string, string>>> = {
    unsigned: {},
    empty: { "x-inngest-signature": "" },
    "no time": { "x-inngest-signature": signature(call).replace(/t=\d+&/, "") },
    "no sum": { "x-inngest-signature": `t=${now()}&s=` },
    prefix: { "x-inngest-signature": signature(call).slice(0, -1) },
    stale: { "x-inngest-signature": signature(call, { at: now() - 301 }) },
    replayed: { "x-inngest-signature": signature(call, { at: now() - 3600 }) },
    "time moved": { "x-inngest-signature": signature(call, { at: now() - 3600 }).replace(/t=\d+/, `t=${now()}`) },
    "wrong key": { "x-inngest-signature": signature(call, { key: "signkey-prod-fedcba9876543210" }) },
    "empty key": { "x-inngest-signature": signature(call, { key: "" }) },
    "another body": { "x-inngest-signature": signature(`${call} `.replace("started", "stopped")) },
    "says it is the dev server": { "x-inngest-server-kind": "dev", "x-inngest-signature": "t=0&s=00" },
    "says it is in band": { "x-inngest-sync-kind": "in_band", "x-inngest-req-version": "1" },
    bearer: { authorization: `Bearer ${createHmac("sha256", signingKey).digest("hex")}` },
  };
  let tries = 0;
  for (const method of methods)
    for (const path of [
      "/api/inngest",
      functionPath,
      `${functionPath}&probe=trust`,
      "/api/inngest/?fnId=x",
      "/%61pi/inngest",
    ])
      for (const [kind, headers] of Object.entries(bad)) {
        const { status, text } = await send(method, path, headers, call);
        tries += 1;
        expect([401, 404, 405], `${method} ${path}, ${kind}: ${status} ${text}`).toContain(status);
        expectNothingTold(text);
      }
  // Signed for good: what no server ever sends is refused as well, and what it sends is let in.
  for (const method of ["PATCH", "DELETE", "OPTIONS", "HEAD"]) {
    const { status, text } = await send(method, functionPath, { "x-inngest-signature": signature(call) }, call);
    tries += 1;
    expect([401, 405], `${method}: ${status} ${text}`).toContain(status);
    expectNothingTold(text);
  }
  expect(inngest.registrations).toHaveLength(registered);
  const elsewhere = { host: "evil.test", "x-forwarded-host": "evil.test", "x-forwarded-proto": "http" };
  const right = await send("PUT", "/api/inngest", { ...elsewhere, "x-inngest-signature": signature("{}") }, "{}");
  expect(right.status, right.text).toBe(200);
  expect(inngest.registrations.length).toBeGreaterThan(registered);
  report(`S15 worker: ${tries} calls, 0 let in, 0 registrations, nothing of the environment and no stack in an answer`);
});

it("S15 M12 a worker tells the server its public address, whatever host a call names", async () => {
  expect(new Set(inngest.registrations.map(({ url }) => new URL(url).href.split("?")[0]))).toEqual(
    new Set([`${publicAddress}/api/inngest`]),
  );
});

it.each<Record<string, string>>([
  { HOST: "0.0.0.0" },
  { HOLDPOINT_BASE_URL: "https://holdpoint.example.com" },
  { INNGEST_DEV: "http://inngest.internal:8288" },
])("S15 M12 INNGEST_DEV stops the start where others could reach it: %o", async (open) => {
  const dataDir = mkdtempSync(join(tmpdir(), "holdpoint-dev-"));
  const start = startInstance({ INNGEST_DEV: "1", HOLDPOINT_DEMO: "off", ...open }, dataDir);
  await expect(start).rejects.toThrow(
    /INNGEST_DEV switches signatures off, so it is for one machine alone: .* Take INNGEST_DEV away/s,
  );
  rmSync(dataDir, { recursive: true, force: true });
});

function expectNothingTold(text: string): void {
  for (const name of [
    "CANARY_OF_THE_ENVIRONMENT",
    "DATABASE_URL",
    "INNGEST_SIGNING_KEY",
    "HOLDPOINT_ENCRYPTION_KEYS",
    "PATH",
  ]) {
    expect(text).not.toContain(process.env[name]);
    expect(text).not.toContain(name);
  }
  expect(text).not.toMatch(/\bat .*\.[mc]?[jt]s:\d+|node_modules|"stack"|function_count|signing_key/);
}
