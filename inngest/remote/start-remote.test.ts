import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { useTestDatabase } from "@/server/db/database.testkit";
import { env } from "@/server/env";
import { findMissing } from "@/server/api/health/readiness";
import { statusFor } from "@/server/web/host.testkit";
import type { TestDatabase } from "@/tests/database";
import { fakeInngestServer, type FakeInngestServer } from "./inngest-server.testkit";
import { loopbackPort } from "./loopback-port.testkit";
import { startRemote } from "./start-remote";

let database: TestDatabase;
let inngest: FakeInngestServer;
let port: number;

beforeAll(async () => {
  inngest = await fakeInngestServer();
  const free = createServer();
  port = await loopbackPort(free);
  await new Promise((resolve) => free.close(resolve));
  database = await useTestDatabase({
    INNGEST_BASE_URL: inngest.url,
    INNGEST_EVENT_KEY: "event-key",
    INNGEST_SIGNING_KEY: "0123456789abcdef",
    HOLDPOINT_WORKER_PORT: String(port),
    HOLDPOINT_WORKER_URL: "http://127.0.0.1:3999",
  });
});
afterAll(async () => {
  await inngest.close();
  await database.close();
});

test("a worker serves, registers and sends; health tells what keeps it from that, and that nobody is left", async () => {
  const { inngestServer } = env();
  if (inngestServer.kind === "embedded") throw new Error("expected a server");
  expect(await findMissing()).toMatchObject({ missing: ["worker"], problems: [expect.stringMatching(/^No worker/)] });

  inngest.onRegistration = () => ({ status: 401, body: "Authentication failed" });
  const worker = await startRemote(inngestServer);
  await vi.waitFor(async () =>
    expect(await findMissing()).toMatchObject({
      missing: ["worker"],
      problems: [expect.stringContaining("did not accept the registration")],
    }),
  );
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(503);
  // Behind a balancer on this machine the server calls it by the name that it gives to every 127.0.0.1.
  expect(await statusFor(port, "/health/live", "localhost:3999")).toBe(200);
  expect(await statusFor(port, "/health/live", "localhost:4000")).toBe(421);

  // What waits for the server may not come before the functions that it starts.
  await database.pool.query("select put_event(gen_random_uuid(), 'run/wake', '{\"runId\": \"r\"}', 'early-1')");
  const refused = inngest.registrations.length;
  await vi.waitFor(() => expect(inngest.registrations.length).toBeGreaterThan(refused + 1), 10_000);
  expect(inngest.accepted).toEqual([]);

  inngest.onRegistration = () => ({ status: 200, body: '{"ok":true}' });
  await vi.waitFor(async () => expect((await findMissing()).missing).toEqual([]), 10_000);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  expect(inngest.registrations.at(-1)?.functions.map(({ id }) => id)).toEqual([
    "holdpoint-run-workflow",
    "holdpoint-run-workflow-failure",
    "holdpoint-deliver",
    "holdpoint-decision-due",
    "holdpoint-tell-people",
    "holdpoint-send-digest",
    "holdpoint-try-all-again",
  ]);

  await database.pool.query("select put_event(gen_random_uuid(), 'run/wake', '{\"runId\": \"r\"}', 'wake-1')");
  await vi.waitFor(() => expect(inngest.accepted).toEqual(["early-1", "wake-1"]), 10_000);

  await worker.stop();
  expect((await findMissing()).missing).toEqual(["worker"]);
});

test("events that were set aside are a warning, not a reason to send nobody here", async () => {
  await database.pool.query(
    "insert into refused_events (id, name, data, reason, created_at) values (gen_random_uuid(), 'x', '{}', '400', now())",
  );
  expect((await findMissing()).warnings).toEqual([expect.stringContaining("refused 1 events for good")]);
});
