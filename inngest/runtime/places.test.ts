import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, readRun } from "@/inngest/runtime/runtime.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { sweepRuns } from "@/server/modules/runs/sweep-store";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const asked = {
  startNodeId: "ask",
  nodes: [
    { id: "ask", type: "approval", assignTo: "role:owner", onReject: { next: "no" } },
    { id: "no", type: "end", status: "completed" },
    { id: "yes", type: "end", status: "completed" },
  ],
  edges: [edge("ask", "yes")],
};
const limited = (concurrency: object) => ({ config: { concurrency } });
const rows = async (slug: string) =>
  (
    await scene.database.pool.query<{ id: string; status: string; queued: boolean; key: string | null }>(
      `select r.id, r.status, r.queued_at is not null and r.ended_at is null as queued, r.concurrency_key as key
       from runs r join workflows w on w.id = r.workflow_id where w.slug = $1 order by r.created_at, r.id`,
      [slug],
    )
  ).rows;
const holders = async (slug: string) => (await rows(slug)).filter(({ status, queued }) => !queued && !over.has(status));
const over = new Set(["completed", "failed", "cancelled"]);
const start = (slug: string, input: object = {}) =>
  scene.call("POST", "/api/v1/workflows", { template_id: slug, input });

describe("config.concurrency", () => {
  it("lets `limit` runs go at once out of 50 that start together; the others follow in order, and none is lost", async () => {
    await scene.publish("fifty", { startNodeId: "one", nodes: [effect("one")], edges: [] }, limited({ limit: 3 }));
    let most = 0;
    const watching = { on: true };
    const watch = (async () => {
      while (watching.on) {
        most = Math.max(most, (await holders("fifty")).length);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const answers = await Promise.all(Array.from({ length: 50 }, () => start("fifty")));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201));
    await eventually(
      () => rows("fifty"),
      (runs) => runs.length === 50 && runs.every(({ status }) => status === "completed"),
    );
    watching.on = false;
    await watch;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
  });

  it("counts each value of the key by itself, as an expression or as a template", async () => {
    await scene.publish("by-key", asked, limited({ limit: 1, key: "input.customer" }));
    await scene.publish("by-template", asked, limited({ limit: 1, key: "${input.customer}-${input.region}" }));
    for (const customer of ["jane", "jane", "kim"]) await start("by-key", { customer });
    expect((await rows("by-key")).map(({ queued, key }) => [key, queued])).toEqual([
      ["key:jane", false],
      ["key:jane", true],
      ["key:kim", false],
    ]);
    await start("by-template", { customer: "jane", region: "north" });
    expect((await rows("by-template")).map(({ key }) => key)).toEqual(["key:jane-north"]);
  });

  it("costs a workflow without a limit nothing: no key, no place", async () => {
    await scene.publish("free", asked);
    await start("free");
    expect(await rows("free")).toMatchObject([{ key: null, queued: false }]);
  });

  it("skip: refuses with 409 concurrency_limit, repeats of a start excepted", async () => {
    await scene.publish("skipping", asked, limited({ limit: 1, whenFull: "skip" }));
    const first = await scene.call(
      "POST",
      "/api/v1/workflows",
      { template_id: "skipping", input: {} },
      { "idempotency-key": "one" },
    );
    const second = await start("skipping");
    expect([first.status, second.status, second.json.error.code]).toEqual([201, 409, "concurrency_limit"]);
    expect(await rows("skipping")).toHaveLength(1);
    await scene.call("POST", `/api/v1/workflows/${first.json.id}/cancel`);
    expect((await start("skipping")).status).toBe(201);
  });

  it("cancel_oldest: the newest takes the place of the oldest", async () => {
    await scene.publish("newest", asked, limited({ limit: 2, whenFull: "cancel_oldest" }));
    for (let index = 0; index < 4; index += 1) expect((await start("newest")).status).toBe(201);
    const runs = await rows("newest");
    expect(runs.map(({ status }) => status === "cancelled")).toEqual([true, true, false, false]);
    expect((await readRun(scene.database.pool, runs[0]?.id ?? ""))["cancel_reason"]).toBe(
      "A newer run took its place.",
    );
  });

  it("cancel_oldest: takes the place of a run also while its driver records something", async () => {
    await scene.publish("busy", asked, limited({ limit: 1, whenFull: "cancel_oldest" }));
    const { id } = (await start("busy")).json;
    await scene.reached(id, "waiting_approval");
    const driver = await scene.database.pool.connect();
    await driver.query("begin");
    await driver.query(
      "update runs set status = 'running' where id = (select id from runs where status = 'waiting_approval' and workflow_id = (select id from workflows where slug = 'busy'))",
    );
    const next = start("busy");
    await eventually(
      () =>
        scene.database.pool.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        ),
      ({ rowCount }) => rowCount === 1,
    );
    await driver.query("commit");
    driver.release();
    expect((await next).status).toBe(201);
    expect((await rows("busy")).map(({ status }) => status === "cancelled")).toEqual([true, false]);
  });

  it("passes a place on when a run is cancelled, and puts a retried run back in line", async () => {
    await scene.publish("line", asked, limited({ limit: 1 }));
    for (let index = 0; index < 3; index += 1) await start("line");
    const [first, second, third] = await rows("line");
    if (!first || !second || !third) throw new Error("three runs were started");
    expect([first.queued, second.queued, third.queued]).toEqual([false, true, true]);
    await scene.call("POST", `/api/v1/workflows/${first.id}/cancel`);
    expect((await rows("line")).map(({ queued }) => queued)).toEqual([false, false, true]);
    await scene.call("POST", `/api/v1/workflows/${first.id}/retry`);
    expect((await rows("line")).map(({ queued }) => queued)).toEqual([true, false, true]);
    await scene.call("POST", `/api/v1/workflows/${second.id}/cancel`);
    // Third waited longer than the retried one.
    expect((await rows("line")).map(({ queued }) => queued)).toEqual([true, false, false]);
    await scene.reached(third.id, "waiting_approval");
  });

  it("leaves a run that waits for its place alone when it is paused and resumed, and lets it be cancelled", async () => {
    await scene.publish("held", asked, limited({ limit: 1 }));
    await start("held");
    const waiting = (await start("held")).json.id;
    await scene.call("POST", `/api/v1/workflows/${waiting}/pause`);
    await scene.call("POST", `/api/v1/workflows/${waiting}/resume`);
    await scene.worker.executor.idle();
    expect((await rows("held")).map(({ status, queued }) => [status, queued])[1]).toEqual(["pending", true]);
    expect((await scene.call("POST", `/api/v1/workflows/${waiting}/cancel`)).status).toBe(200);
    expect((await holders("held")).length).toBe(1);
  });

  it("survives the death of whoever freed the place: the sweeper passes it on, and takes no waiting run for a dead one", async () => {
    const { pool } = scene.database;
    await scene.publish("killed", asked, limited({ limit: 1 }));
    await start("killed");
    const waiting = (await start("killed")).json.id;
    // As after a kill between the commit that ended the first run and the passing on of its place; all of it minutes ago.
    await pool.query(
      "update runs set status = 'cancelled', ended_at = now() where workflow_id = (select id from workflows where slug = 'killed') and id <> $1",
      [waiting],
    );
    await pool.query(
      "update runs set queued_at = now() - interval '5 minutes', created_at = now() - interval '5 minutes' where id = $1",
      [waiting],
    );
    const swept = await sweepRuns(pool);
    expect(swept).toMatchObject({ placed: 1 });
    expect(swept.revived).not.toContain(waiting);
    expect((await sweepRuns(pool)).revived).not.toContain(waiting);
    await scene.reached(waiting, "waiting_approval");
  });
});
