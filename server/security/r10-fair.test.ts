import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, isFull, percentile, report } from "./extent.testkit";

const slug = "fair";
const steps = ["one", "two", "three", "four"];

let noisy: Attacked;
let quiet: Attacked;
beforeAll(async () => {
  noisy = await attack("noisy");
  quiet = await attack("quiet");
  await publish(noisy);
  await publish(quiet);
});
// Both use the same pools.
afterAll(() => quiet.close());

/** Four effects one after the other, each a durable step, that ask nothing of anybody. */
async function publish(target: Attacked): Promise<void> {
  const spec = {
    startNodeId: "one",
    nodes: steps.map((id) => ({ id, type: "webhook_emit", event: "fair.step" })),
    edges: steps.slice(1).map((to, at) => ({ from: steps[at], to })),
  };
  const body = JSON.stringify({ slug, name: slug, spec, triggers: [{ id: "api", type: "api" }] });
  const saved = await target.send("POST", "/api/workflows", { body });
  expect(saved.status, saved.text).toBe(201);
  const published = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  expect(published.status, published.text).toBe(200);
}

/** Writes down so many runs at once, as starts do, faster than they can be driven. */
async function queueRuns(target: Attacked, count: number): Promise<void> {
  const [version] = await target.rows<{ workflow: string; versionId: string }>(
    `select v.workflow_id as workflow, v.id as "versionId" from workflow_versions v join workflows w on w.id = v.workflow_id
      where w.organization_id = $1 and w.slug = $2`,
    [target.organization.id, slug],
  );
  const item = () => ({
    k: "start_run",
    a: {
      id: newId(),
      org: target.organization.id,
      ...version,
      version: 1,
      triggerType: "api",
      input: {},
      first: "one",
      eventId: newId(),
      owner: target.organization.members.owner.actor.userId,
    },
  });
  for (let left = count; left > 0; left -= 200)
    await target.rows("select hot_batch($1::jsonb)", [
      JSON.stringify(Array.from({ length: Math.min(200, left) }, item)),
    ]);
}

const openRuns = async (target: Attacked): Promise<number> =>
  (
    await target.rows<{ n: number }>(
      "select count(*)::int as n from runs where organization_id = $1 and ended_at is null",
      [target.organization.id],
    )
  )[0]?.n ?? 0;

interface Times {
  runs: number[];
  health: number[];
  /** Runs of the noisy organization that were still open when the last of these began. */
  beside: number;
}

/** Runs one after the other: from being asked for to their end, and how long the health check takes meanwhile. */
async function measure(count: number): Promise<Times> {
  const times: Times = { runs: [], health: [], beside: 0 };
  for (let at = 0; at < count; at += 1) {
    times.beside = await openRuns(noisy);
    const started = await quiet.send("POST", "/api/v1/runs", { body: JSON.stringify({ template_id: slug }) });
    expect(started.status, started.text).toBeLessThan(300);
    times.health.push((await quiet.send("GET", "/api/health", { key: null })).ms);
    await expect.poll(() => openRuns(quiet), { timeout: 120_000, interval: 20 }).toBe(0);
  }
  const rows = await quiet.rows<{ ms: number; status: string }>(
    `select (extract(epoch from ended_at - created_at) * 1000)::double precision as ms, status from runs
      where organization_id = $1 order by created_at desc limit $2`,
    [quiet.organization.id, count],
  );
  expect(rows.map(({ status }) => status)).toEqual(Array<string>(count).fill("completed"));
  times.runs = rows.map(({ ms }) => ms).sort((a, b) => a - b);
  times.health.sort((a, b) => a - b);
  return times;
}

const shown = ({ runs, health }: Times): string =>
  `run p50 ${percentile(runs, 0.5).toFixed(0)} p95 ${percentile(runs, 0.95).toFixed(0)} longest ${percentile(runs, 1).toFixed(0)} ms, health p95 ${percentile(health, 0.95).toFixed(0)} ms`;

it("R10 runs that one organization has queued hold up nobody else's", async () => {
  const count = extent(40, 5);
  await measure(extent(10, 2));
  const idle = await measure(count);
  await queueRuns(noisy, extent(5_000, 300));
  const busy = await measure(count);
  report(
    `R10 alone: ${shown(idle)}; beside ${String(extent(5_000, 300))} queued runs: ${shown(busy)}; ${String(busy.beside)} of them still open at the end`,
  );
  // In the short form the others may be over sooner; nothing of the noisy one is lost either way.
  if (isFull) {
    expect(busy.beside).toBeGreaterThan(0);
    expect(percentile(busy.runs, 0.95)).toBeLessThan(2_000);
  }
  await expect.poll(() => openRuns(noisy), { timeout: 1_200_000, interval: 500 }).toBe(0);
  const [ended] = await noisy.rows<{ n: number }>(
    "select count(*)::int as n from runs where organization_id = $1 and status = 'completed'",
    [noisy.organization.id],
  );
  expect(ended?.n).toBe(extent(5_000, 300));
});
