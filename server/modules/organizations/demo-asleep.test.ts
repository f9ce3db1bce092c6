import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { closeDemoUnlessOn } from "@/server/auth/demo-organizations";
import { forgetEnv } from "@/server/env";
import { fireDueSchedules, triggersState } from "@/server/modules/triggers/service";
import { publishEvent } from "@/server/modules/events/service";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { serveRest } from "@/server/routes/serve-rest";

let scene: RunsScene;

/** As web and worker do when they start. */
async function startWith(demo: "on" | "off"): Promise<void> {
  process.env["HOLDPOINT_DEMO"] = demo;
  forgetEnv();
  await closeDemoUnlessOn();
}

beforeAll(async () => {
  process.env["HOLDPOINT_DEMO"] = "on";
  scene = await createRunsScene();
  await scene.database.pool.query("update organizations set is_demo = true where id = $1", [scene.north.id]);
  const wait = { startNodeId: "rest", nodes: [{ id: "rest", type: "wait", duration: "P30D" }, effect("after")] };
  await scene.publish("sleeper", { ...wait, edges: [edge("rest", "after")] });
  await scene.publish(
    "ticking",
    { startNodeId: "after", nodes: [effect("after")], edges: [] },
    {
      triggers: [
        { id: "daily", type: "schedule", cron: "0 9 * * *" },
        { id: "wish", type: "event", event: "wish.made" },
        { id: "hook", type: "webhook" },
      ],
    },
  );
  const called = { id: "call", type: "wait", callback: true };
  await scene.publish("called", { startNodeId: "call", nodes: [called], edges: [] });
});
afterEach(() => startWith("on"));
afterAll(() => scene.close());

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await scene.database.pool.query<{ n: string }>(`select count(*) as n from ${sql}`, values)).rows[0]?.n);

describe("C1 while the demo is closed", () => {
  it("no schedule of it fires, and it does when the demo is opened again", async () => {
    const due = "update active_triggers set next_at = now() - interval '2 days' where type = 'schedule'";
    await scene.database.pool.query(due);
    const before = await count("runs");
    await startWith("off");
    expect(await fireDueSchedules()).toEqual({ nextAt: null, stuck: 0 });
    expect([await count("runs"), await count("active_triggers where type = 'schedule' and next_at < now()")]).toEqual([
      before,
      1,
    ]);
    await startWith("on");
    await fireDueSchedules();
    expect([await count("runs"), await count("active_triggers where type = 'schedule' and next_at < now()")]).toEqual([
      before + 1,
      0,
    ]);
  });

  it("its hooks and callbacks answer as addresses do that nobody has, and its events start nothing", async () => {
    const { triggers } = await triggersState(scene.north.members.owner.actor, "ticking");
    const hook = new URL(triggers.find(({ triggerId }) => triggerId === "hook")?.url ?? "").pathname;
    const runId = await scene.start("called");
    const run = await scene.reached(runId, "waiting_async");
    const callback = new URL(run.steps[0].waiting.callback_url).pathname;
    const answer = async (path: string) => {
      const headers = { "content-type": "application/json" };
      const response = await serveRest(
        new Request(`http://127.0.0.1:3000${path}`, { method: "POST", headers, body: "{}" }),
      );
      const { error } = (await response.json()) as { error?: { code: string; message: string } };
      return [response.status, error?.code, error?.message];
    };
    await startWith("off");
    const strange = "0123456789abcdef0123456789abcdef";
    expect(await answer(hook)).toEqual(await answer(`/api/hooks/${strange}`));
    expect(await answer(callback)).toEqual(await answer(`/api/callbacks/${strange}`));
    await expect(publishEvent(scene.north.id, "wish.made", {})).rejects.toMatchObject({ code: "forbidden" });
    await startWith("on");
    expect((await answer(hook))[0]).toBe(202);
    expect((await answer(callback))[0]).toBe(200);
  });

  it("its runs sleep through their time, and go on when the demo is opened again", async () => {
    const runId = await scene.start("sleeper");
    await scene.reached(runId, "waiting_async");
    await startWith("off");
    await scene.database.pool.query("update waitpoints set due_at = now() - interval '1 hour' where run_id = $1", [
      runId,
    ]);
    await scene.database.pool.query("update runs set heartbeat_at = now() - interval '1 hour' where id = $1", [runId]);
    expect(await sweepRuns(scene.database.pool)).toEqual({ woken: 0, revived: [], placed: 0 });
    // Its own timer, and what was under way when the worker stopped, still reach a driver.
    await scene.database.pool.query(
      "insert into event_outbox (id, name, data) values (gen_random_uuid(), 'run/wake', jsonb_build_object('runId', $1::text))",
      [runId],
    );
    await scene.database.pool.query("select pg_notify('hp_events', '')");
    await scene.worker.executor.idle();
    expect(await count("runs where id = $1 and status = 'waiting_async'", [runId])).toBe(1);
    expect(await count("waitpoints where run_id = $1 and status = 'open'", [runId])).toBe(1);
    await startWith("on");
    await eventually(
      () => sweepRuns(scene.database.pool),
      ({ revived }) => revived.includes(runId),
    );
    await scene.reached(runId, "completed");
  });
});
