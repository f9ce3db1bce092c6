import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { restoreState } from "@/core/engine/restore";
import { outstanding } from "@/core/engine/outstanding";
import { eventually, readRun, startTestWorker } from "@/inngest/runtime/runtime.testkit";
import { actorFromApiKey } from "@/server/auth/api-key";
import { useTestDatabase } from "@/server/db/database.testkit";
import { forgetEnv } from "@/server/env";
import { decideApproval, listApprovalsFor } from "@/server/modules/approvals/service";
import { getRun, listRunsFor, runStore } from "@/server/modules/runs/service";
import { createVersionLoader } from "@/server/modules/runs/version-store";
import type { TestDatabase } from "@/tests/database";
import { seedDemo } from "./demo";

interface Credentials {
  baseUrl: string;
  apiKey: string;
  conversationUrl: string;
  users: { email: string; password: string; roles: string[] }[];
}

const dataDir = mkdtempSync(join(tmpdir(), "holdpoint-seed-"));
const file = join(dataDir, "demo-credentials.json");
let database: TestDatabase;

beforeAll(async () => {
  database = await useTestDatabase({ HOLDPOINT_DATA_DIR: dataDir, HOLDPOINT_DEMO: "on" });
  await seedDemo();
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const credentials = (): Credentials => JSON.parse(readFileSync(file, "utf8")) as Credentials;
const owner = () => actorFromApiKey(`Bearer ${credentials().apiKey}`);

async function allRuns() {
  return (await listRunsFor(await owner(), {}, { limit: 200, offset: 0 })).items;
}

test("F-48 F-49 there are runs in every status that lasts, over two weeks, and everyone's page can be read", async () => {
  const actor = await owner();
  const runs = await allRuns();
  expect(runs.length).toBeGreaterThanOrEqual(40);
  expect(new Set(runs.map((run) => run.status))).toEqual(
    new Set([
      "completed",
      "failed",
      "cancelled",
      "paused",
      "waiting_approval",
      "waiting_form",
      "waiting_human",
      "waiting_async",
    ]),
  );
  for (const { id, status } of runs) {
    const run = await getRun(actor, id);
    expect(run.steps.length).toBeGreaterThan(0);
    expect(run.steps.some((step) => step.waiting !== null)).toBe(status.startsWith("waiting_") || status === "paused");
    expect(run.events.map((event) => event.at)).toEqual(run.events.map((event) => event.at).sort());
    expect(run.events.slice(0, 2).map((event) => event.type)).toEqual(["run.created", "run.started"]);
    expect(run.events.filter((event) => event.type === "step.completed")).toHaveLength(
      run.steps.filter((step) => step.status === "completed").length,
    );
    expect(
      run.steps.every((step) => step.status === "skipped" || step.status === "pending" || step.startedAt !== null),
    ).toBe(true);
  }
});

test("the journal of each waiting run folds to a run that only waits", async () => {
  const load = createVersionLoader(database.pool);
  const waiting = (await allRuns()).filter((run) => run.status.startsWith("waiting_"));
  expect(waiting.length).toBeGreaterThanOrEqual(7);
  for (const { id } of waiting) {
    const [run, rows] = [await runStore().loadRun(id), await runStore().loadRows(id)];
    const { plan } = await load(run?.organizationId ?? "", run?.versionId ?? "");
    const records = rows.map(({ key, nodeId, iteration, status, attempt, handle, engine }) => ({
      key,
      nodeId,
      iteration,
      status,
      attempt,
      ...(handle === null ? {} : { handle }),
      ...engine,
    }));
    expect(outstanding(plan, restoreState(plan, records))).toEqual([]);
  }
});

test("F-40 a seeded approval is a real one: a worker that never saw the run takes the decision", async () => {
  const actor = await owner();
  const { items } = await listApprovalsFor(actor, { view: "pending", limit: 50, offset: 0 });
  const [approval] = items.filter((item) => item.headline === "Upgrade sam@globex.test to Enterprise");
  await decideApproval(actor, approval?.id ?? "", {
    decision: "rejected",
    via: "ui",
    messageToRequester: "Next month, please.",
  });
  const worker = await startTestWorker(database);
  try {
    const run = await eventually(
      () => readRun(database.pool, approval?.runId ?? ""),
      (row) => row["status"] !== "waiting_approval",
    );
    expect(
      await eventually(
        () => readRun(database.pool, String(run["id"])),
        (row) => row["ended_at"] !== null,
      ),
    ).toMatchObject({ status: "completed", end_message: "Declined by a manager" });
    const { rows } = await database.pool.query("select body from messages where run_id = $1", [run["id"]]);
    expect(rows).toEqual([{ body: "We could not upgrade your plan this time. Next month, please." }]);
  } finally {
    await worker.stop();
  }
});

test("the credentials are for their owner alone, and name one person per job", () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { users, conversationUrl } = credentials();
  expect(users.map((user) => user.email)).toEqual(
    ["owner", "manager", "analyst", "operator", "builder", "viewer"].map((name) => `${name}@holdpoint.test`),
  );
  expect(users[0]?.roles).toEqual(["owner", "manager", "operator", "kyc_analyst"]);
  expect(conversationUrl).toMatch(/^http:\/\/127\.0\.0\.1:3000\/c\/[\w-]{32}$/);
});

test("a second start at another address moves the demo and keeps the rest", async () => {
  const [before, runs] = [credentials(), await allRuns()];
  process.env["HOLDPOINT_BASE_URL"] = "http://127.0.0.1:4000";
  forgetEnv();
  await seedDemo();
  expect(credentials()).toEqual({
    ...before,
    baseUrl: "http://127.0.0.1:4000",
    conversationUrl: before.conversationUrl.replace(":3000", ":4000"),
  });
  expect((await allRuns()).map((run) => run.id)).toEqual(runs.map((run) => run.id));
  const { rows } = await database.pool.query(
    "select distinct base_url like 'http://127.0.0.1:4000/api/sandbox/%' as moved from connections",
  );
  expect(rows).toEqual([{ moved: true }]);
});

test("a start after one that was interrupted gives new sign-ins, an only key, and makes nothing twice", async () => {
  const [before, runs] = [credentials(), await allRuns()];
  rmSync(file);
  await seedDemo();
  expect(credentials().users[0]?.password).not.toBe(before.users[0]?.password);
  expect(credentials().conversationUrl).toBe(before.conversationUrl);
  const keys = await database.pool.query("select revoked_at is null as living from api_keys order by created_at");
  expect(keys.rows).toEqual([{ living: false }, { living: true }]);
  expect((await allRuns()).map((run) => run.id)).toEqual(runs.map((run) => run.id));
  const { rows } = await database.pool.query("select slug, head_version as head from workflows order by slug");
  expect(rows).toEqual([
    { slug: "indonesian-kyc-v1", head: 1 },
    { slug: "refund-desk", head: 1 },
    { slug: "subscription-upgrade", head: 3 },
    { slug: "weekly-stock-check", head: 1 },
  ]);
});
