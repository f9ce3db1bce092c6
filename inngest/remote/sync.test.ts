import { createServer } from "node:http";
import { serve } from "inngest/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHostCheck } from "@/server/web/host-check";
import { createInngest } from "@/inngest/client";
import { statusFor } from "@/server/web/host.testkit";
import { openEndpoint } from "./endpoint";
import { fakeInngestServer, type FakeInngestServer } from "./inngest-server.testkit";
import { loopbackPort } from "./loopback-port.testkit";
import { keepRegistered } from "./registration";
import { createSync } from "./sync";

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const signingKey = "0123456789abcdef";
let inngest: FakeInngestServer;
let problems: string[] = [];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  inngest = await fakeInngestServer();
  vi.stubEnv("INNGEST_SIGNING_KEY", signingKey);
  vi.stubEnv("INNGEST_EVENT_KEY", "event-key");
  problems = [];
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await inngest.close();
  vi.unstubAllEnvs();
});

/** The worker's endpoint with one function, registered as reachable at another address. */
async function worker(url = inngest.url) {
  const free = createServer();
  const port = await loopbackPort(free);
  await new Promise((resolve) => free.close(resolve));
  const endpoint = `http://127.0.0.1:${port}/api/inngest`;
  const sync = createSync({ endpoint, server: { url }, signingKey, timeoutMs: 60_000 });
  const client = createInngest({ server: { kind: "self_hosted", url }, fetch: sync.fetch, logger: { ...logger } });
  const ran = vi.fn();
  const functions = [client.createFunction({ id: "probe", triggers: [{ event: "probe/asked" }] }, () => ran())];
  const opened = await openEndpoint({
    host: "127.0.0.1",
    port,
    calls: serve({
      client,
      functions,
      enableUnauthedSync: false,
      serveOrigin: "https://workers.example.com",
      servePath: "/w/api/inngest",
    }),
    isForUs: createHostCheck({ addresses: ["https://workers.example.com/w"], host: "127.0.0.1", allowed: "" }),
    problems: () => Promise.resolve(problems),
    version: "1",
    graceMs: 1_000,
  });
  closing.push(opened.stop);
  return { endpoint, origin: `http://127.0.0.1:${port}`, sync: sync.sync, ran };
}

test("registers by itself, at the address where the server reaches the workers, with its key", async () => {
  const { sync } = await worker();
  expect(await sync()).toBeUndefined();
  expect(inngest.registrations).toMatchObject([
    {
      url: "https://workers.example.com/w/api/inngest",
      functions: [{ id: "holdpoint-probe" }],
      authorization: expect.stringMatching(/^Bearer [0-9a-f]{64}$/),
    },
  ]);
});

test.each([
  [{ status: 401, body: "Authentication failed" }, /does not know this INNGEST_SIGNING_KEY/],
  // Without a status in its body the SDK takes this for a success.
  [{ status: 400, body: '{"error":"Expected server kind cloud"}' }, /registration: 400 Expected server kind cloud\.$/],
  [{ status: 502, body: "Bad gateway" }, /registration: 502 Bad gateway\.$/],
  ["die" as const, /cannot be reached: .+\. Start it, or correct its address\.$/],
])("a registration answered with %j is named in a sentence", async (behaviour, sentence) => {
  inngest.onRegistration = () => behaviour;
  const { sync } = await worker();
  const problem = await sync();
  expect(problem).toMatch(sentence);
  expect(problem).toMatch(new RegExp(`^The Inngest server at ${inngest.url} `));
});

test("tries until the server accepts, and again when the server has forgotten", async () => {
  const answers = [{ status: 503, body: "starting" }, "die" as const];
  inngest.onRegistration = () => answers.shift() ?? { status: 200, body: '{"ok":true,"modified":true}' };
  const { sync } = await worker();
  const results: (string | undefined)[] = [];
  const registration = keepRegistered({
    sync,
    onResult: (problem) => results.push(problem),
    renewMs: 1,
    firstRetryMs: 1,
  });
  await vi.waitFor(() => expect(inngest.registrations.length).toBeGreaterThan(4), 10_000);
  await registration.stop();
  expect(results.slice(0, 3)).toEqual([expect.stringContaining("503"), expect.stringContaining("reached"), undefined]);
  expect(results.at(-1)).toBeUndefined();
});

test("the endpoint speaks to the holder of the key only, and to nobody about anything else", async () => {
  const { endpoint, origin, ran } = await worker();
  expect((await fetch(endpoint)).status).toBe(401);
  const call = await fetch(`${endpoint}?fnId=holdpoint-probe&stepId=step`, {
    method: "POST",
    body: JSON.stringify({ event: {}, events: [{}], ctx: {}, steps: {}, version: 2, use_api: false }),
  });
  expect(call.status).toBe(401);
  expect(ran).not.toHaveBeenCalled();
  for (const path of ["/", "/api/v1/runs", "/sign-in"]) expect((await fetch(origin + path)).status).toBe(404);
});

test("M12 nobody without the key makes the worker register, or learns what it serves", async () => {
  const { endpoint } = await worker();
  const madeUp = `t=${String(Math.round(Date.now() / 1_000))}&s=${"0".repeat(64)}`;
  for (const headers of [new Headers(), new Headers({ "x-inngest-signature": madeUp })])
    expect((await fetch(endpoint, { method: "PUT", body: "{}", headers })).status).toBe(401);
  expect(inngest.registrations).toEqual([]);
});

test("H1 the worker's port answers to its own names only", async () => {
  const { origin } = await worker();
  const port = Number(new URL(origin).port);
  expect(await statusFor(port, "/health/live", "workers.example.com")).toBe(200);
  expect(await statusFor(port, "/health/live", `127.0.0.1:${String(port)}`)).toBe(200);
  expect(await statusFor(port, "/health/live", "attacker.test")).toBe(421);
  expect(await statusFor(port, "/api/inngest", `attacker.test:${String(port)}`)).toBe(421);
});

test("health says ready, or what is missing; live says that the process answers", async () => {
  const { origin } = await worker();
  expect(await (await fetch(`${origin}/health`)).json()).toEqual({ status: "ready", problems: [], version: "1" });
  problems = ["The database cannot be reached."];
  const health = await fetch(`${origin}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ status: "starting", problems });
  expect((await fetch(`${origin}/health/live`)).status).toBe(200);
});
