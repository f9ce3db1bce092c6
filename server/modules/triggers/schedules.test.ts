import { describe, expect, it } from "vitest";
import { startScheduler } from "@/inngest/scheduler";
import { hotPool } from "@/server/db/pools";
import { triggersApi } from "./triggers.testkit";
import { callsWritten } from "@/server/modules/webhooks/service";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { fireDueSchedules } from "./service";

const bench = useWorkflowBench();
const api = () => triggersApi(bench.north().members.owner.actor);
const hour = 3_600_000;

/** A live workflow with one schedule. Each test has its own year, so that other tests' schedules are not due in it. */
async function live(slug: string, trigger: object = {}, more: object = {}): Promise<void> {
  await bench.createLive(slug, {
    triggers: [{ id: "tick", type: "schedule", cron: "0 * * * *", ...trigger }],
    ...more,
  });
}
async function due(slug: string, at: number): Promise<void> {
  await hotPool().query(
    "update active_triggers set next_at = $2 where workflow_id = (select id from workflows where slug = $1)",
    [slug, new Date(at)],
  );
}
const runs = async (slug: string) =>
  (
    await hotPool().query<{
      id: string;
      input: object;
      trigger_label: string | null;
      start_key: string;
      queued: boolean;
    }>(
      `select r.id, r.input, r.trigger_type, r.trigger_id, r.trigger_label, r.start_key, r.queued_at is not null and r.ended_at is null as queued
       from runs r join workflows w on w.id = r.workflow_id where w.slug = $1 order by r.start_key`,
      [slug],
    )
  ).rows;
const nextAt = async (slug: string) =>
  (
    await hotPool().query<{ next_at: Date | null }>(
      "select t.next_at from active_triggers t join workflows w on w.id = t.workflow_id where w.slug = $1",
      [slug],
    )
  ).rows[0]?.next_at?.getTime() ?? null;
const endRuns = (slug: string) =>
  hotPool().query(
    "update runs set status = 'completed', ended_at = now() where workflow_id = (select id from workflows where slug = $1)",
    [slug],
  );
const past = (year: number, hours = 9): number => Date.UTC(year, 0, 1, hours);

describe("M-12 schedules", () => {
  it("M-13 are armed by publishing, in UTC unless a zone is named, and disarmed by retiring", async () => {
    await live("armed", { cron: "0 9 * * *" });
    expect(new Date((await nextAt("armed")) ?? 0).getUTCHours()).toBe(9);
    await live("zoned", { cron: "0 9 * * *", timezone: "Asia/Jakarta" });
    expect(new Date((await nextAt("zoned")) ?? 0).getUTCHours()).toBe(2);
    await bench.call("POST", "/api/workflows/zoned/retire");
    expect(await nextAt("zoned")).toBeNull();
  });

  it("keep their next time when a version says the same, and take the new one when it does not", async () => {
    await live("again");
    await due("again", past(2001));
    const spec = { startNodeId: "b", nodes: [{ id: "b", type: "transform", expression: 2 }], edges: [] };
    await bench.call("PATCH", "/api/workflows/again", { spec });
    await bench.call("POST", "/api/workflows/again/publish");
    expect(await nextAt("again")).toBe(past(2001));
    await bench.call("PATCH", "/api/workflows/again", {
      triggers: [{ id: "tick", type: "schedule", cron: "30 * * * *" }],
    });
    await bench.call("POST", "/api/workflows/again/publish");
    expect(await nextAt("again")).toBeGreaterThan(Date.now());
  });

  it("start a run at their time, with the trigger's label and templates, and move on", async () => {
    await live("fires", { label: "Hourly check", input: { at: "${trigger.scheduledAt}", kind: "stock" } });
    await due("fires", past(2002));
    const { nextAt: next } = await fireDueSchedules(() => past(2002) + 5);
    expect(await runs("fires")).toMatchObject([
      {
        input: { at: "2002-01-01T09:00:00.000Z", kind: "stock" },
        trigger_type: "schedule",
        trigger_id: "tick",
        trigger_label: "Hourly check",
        start_key: "schedule:tick:2002-01-01T09:00:00.000Z",
      },
    ]);
    expect([await nextAt("fires"), next]).toEqual([past(2002, 10), past(2002, 10)]);
    await fireDueSchedules(() => past(2002) + 60_000);
    expect(await runs("fires")).toHaveLength(1);
    const { triggers } = await api().state({ slug: "fires" });
    expect(triggers[0]).toMatchObject({
      live: "yes",
      lastFiredAt: "2002-01-01T09:00:00.000Z",
      lastResult: { kind: "started", status: "pending" },
    });
    expect(triggers[0]?.nextTimes).toHaveLength(5);
  });

  it("fire each tick once, however many workers look, also when one dies before it has moved on", async () => {
    await live("raced");
    await due("raced", past(2003));
    await Promise.all(Array.from({ length: 8 }, () => fireDueSchedules(() => past(2003))));
    expect(await runs("raced")).toHaveLength(1);
    // As after a kill between the start and the commit of where the schedule stands.
    await due("raced", past(2003));
    await fireDueSchedules(() => past(2003));
    expect(await runs("raced")).toHaveLength(1);
    expect(await nextAt("raced")).toBe(past(2003, 10));
  });

  it.each([
    ["last" as const, 1],
    ["all" as const, 4],
    ["none" as const, 0],
  ])("catch up after a downtime of three hours with missed: %s", async (missed, count) => {
    const [slug, year] = [`missed-${missed}`, 2004 + count];
    await live(slug, { missed });
    await due(slug, past(year));
    await fireDueSchedules(() => past(year) + 3.5 * hour);
    expect(await runs(slug)).toHaveLength(count);
    expect(await nextAt(slug)).toBe(past(year) + 4 * hour);
  });

  it("overlap allow starts anyway; skip leaves the tick out and says so; queue starts when the run before has ended", async () => {
    for (const overlap of ["allow", "skip", "queue"]) {
      await live(`overlap-${overlap}`, { overlap });
      await due(`overlap-${overlap}`, past(2010));
    }
    await fireDueSchedules(() => past(2010));
    await fireDueSchedules(() => past(2010, 10));
    await callsWritten();
    expect((await runs("overlap-allow")).map(({ queued }) => queued)).toEqual([false, false]);
    expect(await runs("overlap-skip")).toHaveLength(1);
    expect((await runs("overlap-queue")).map(({ queued }) => queued)).toEqual([false, true]);
    const { items } = await api().calls({ slug: "overlap-skip", triggerId: "tick" });
    expect(items).toMatchObject([
      {
        status: 409,
        message: "Left out: the run before has not ended.",
        body: { scheduledAt: "2010-01-01T10:00:00.000Z" },
      },
    ]);
    await endRuns("overlap-skip");
    await fireDueSchedules(() => past(2010, 11));
    expect(await runs("overlap-skip")).toHaveLength(2);
    const [first] = await runs("overlap-queue");
    await bench.call("POST", `/api/v1/workflows/${first?.id ?? ""}/cancel`);
    expect((await runs("overlap-queue")).slice(0, 2).map(({ queued }) => queued)).toEqual([false, false]);
  });

  it("say why a tick started nothing: switched off, input that breaks the schema; and go on with the next", async () => {
    await live("off");
    await bench.call("PATCH", "/api/workflows/off", { config: { enabled: false } });
    await live(
      "strict",
      {},
      {
        spec: {
          startNodeId: "shape",
          nodes: [{ id: "shape", type: "transform", expression: 1 }],
          edges: [],
          inputSchema: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } },
        },
      },
    );
    for (const slug of ["off", "strict"]) await due(slug, past(2011));
    await fireDueSchedules(() => past(2011));
    await callsWritten();
    expect([await runs("off"), await runs("strict")]).toEqual([[], []]);
    for (const [slug, status] of [
      ["off", 409],
      ["strict", 422],
    ] as const) {
      const { triggers } = await api().state({ slug });
      expect(triggers[0]?.lastResult).toMatchObject({ kind: "refused", status });
      expect(await nextAt(slug)).toBe(past(2011, 10));
    }
  });

  it("the scheduler sleeps until the next tick, and a publish wakes it", async () => {
    let now = past(2020);
    const woken: string[] = [];
    const log = {
      info: () => undefined,
      warn: (_: object, message: string) => woken.push(message),
      error: () => undefined,
    };
    const scheduler = startScheduler(process.env["DATABASE_URL"] ?? "", { ...log, debug: () => undefined }, () => now);
    try {
      await live("slept");
      await due("slept", past(2020, 10));
      now = past(2020, 10);
      // Only the notification of this publish tells the sleeping scheduler to look again.
      await live("waker");
      const end = Date.now() + 10_000;
      while ((await runs("slept")).length === 0 && Date.now() < end)
        await new Promise((resolve) => setImmediate(resolve));
      expect(await runs("slept")).toHaveLength(1);
    } finally {
      await scheduler.stop();
    }
    expect(woken).toEqual([]);
  });
});
