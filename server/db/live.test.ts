import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { systemActor } from "@/server/auth/actor";
import { useTestDatabase } from "./database.testkit";
import { liveReady, onAnswerable, subscribeLive, type LiveChange } from "./live";
import { hotPool } from "./pools";
import { outbox, withTransaction } from "./transaction";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
const north = systemActor(newId()).organizationId;
const south = systemActor(newId()).organizationId;

beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

const notify = (channel: string, payload: string) => hotPool().query("select pg_notify($1, $2)", [channel, payload]);

it("tells an organization of its own changes only, and survives nonsense", async () => {
  const heard: LiveChange[] = [];
  const unsubscribe = subscribeLive(north, (change) => heard.push(change));
  await liveReady();
  await notify("hp_live", "not json");
  await notify("hp_live", JSON.stringify({ organizationId: south, runIds: ["secret"] }));
  await notify("hp_live", JSON.stringify({ organizationId: north, runIds: ["a"], kinds: ["run"] }));
  await expect.poll(() => heard).toEqual([{ organizationId: north, runIds: ["a"], kinds: ["run"] }]);
  unsubscribe();
  const done = onAnswerable("fence", 10_000);
  await notify("hp_live", JSON.stringify({ organizationId: north, runIds: ["b"] }));
  await notify("hp_done", "fence");
  expect(await done).toEqual({ end: null });
  expect(heard).toHaveLength(1);
});

it("wakes whoever waits for one of several runs, and gives up in time", async () => {
  const [first, second, never] = [onAnswerable("r1", 10_000), onAnswerable("r2", 10_000), onAnswerable("r3", 1)];
  await liveReady();
  await notify("hp_done", "r0,r1,?r2");
  expect(await Promise.all([first, second, never])).toEqual([{ end: null }, { end: null }, null]);
});

it("says how the run ended along with the news of it, whatever its output holds", async () => {
  const end = JSON.stringify({ status: "completed", output: { text: 'a,{"b":1}, ?r5,r5' } });
  const [ended, other] = [onAnswerable("r4", 10_000), onAnswerable("r5", 500)];
  await liveReady();
  await notify("hp_done", `r4,${end}`);
  expect(await Promise.all([ended, other])).toEqual([{ end }, null]);
});

it("listens again after the connection was cut", async () => {
  const heard: LiveChange[] = [];
  subscribeLive(north, (change) => heard.push(change));
  await liveReady();
  await hotPool().query(
    "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'holdpoint-live' and datname = current_database()",
  );
  await expect
    .poll(
      async () => {
        await notify("hp_live", JSON.stringify({ organizationId: north, kinds: ["back"] }));
        return heard.flatMap(({ kinds }) => kinds);
      },
      { timeout: 10_000 },
    )
    .toContain("back");
  // 3.9 What was said meanwhile is unknown: whoever shows something reads it again.
  expect(heard[0]).toEqual({ organizationId: north, runIds: [], kinds: ["everything"] });
});

it("puts an event into the outbox in the transaction, or not at all", async () => {
  await withTransaction((tx) => outbox(tx, { name: "run/requested", data: { runId: "r" }, dedupeId: "d" }));
  const undone = withTransaction(async (tx) => {
    await outbox(tx, { name: "run/undone", data: {} });
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  const { rows } = await hotPool().query("select name, data, dedupe_id from event_outbox");
  expect(rows).toEqual([{ name: "run/requested", data: { runId: "r" }, dedupe_id: "d" }]);
});

it("L17 events name the organization that they are of, so that those of all are taken in turn", async () => {
  await hotPool().query("delete from event_outbox");
  const item = startOf(north);
  await hotPool().query("select hot_batch($1::jsonb)", [JSON.stringify([item])]);
  await hotPool().query("select hot_batch($1::jsonb)", [JSON.stringify([{ k: "wake", a: { r: item.a.id } }])]);
  await withTransaction((tx) => outbox(tx, { name: "delivery/requested", data: {}, organizationId: south }));
  const { rows } = await hotPool().query("select name, fair_key from event_outbox order by name");
  expect(rows).toEqual([
    { name: "delivery/requested", fair_key: south },
    { name: "run/requested", fair_key: north },
    { name: "run/wake", fair_key: north },
  ]);
});

it.each([
  [150, 150, []],
  [151, 0, ["runs"]],
])("3.9 one commit of %i runs names %i of them and the kinds %j", async (runs, named, kinds) => {
  const { organizationId } = systemActor(newId());
  const heard: LiveChange[] = [];
  const unsubscribe = subscribeLive(organizationId, (change) => heard.push(change));
  await liveReady();
  const items = Array.from({ length: runs }, () => startOf(organizationId));
  await hotPool().query("select hot_batch($1::jsonb)", [JSON.stringify(items)]);
  await expect.poll(() => heard.map((change) => [new Set(change.runIds).size, change.kinds])).toEqual([[named, kinds]]);
  unsubscribe();
});

function startOf(org: string) {
  return {
    k: "start_run",
    a: {
      id: newId(),
      org,
      workflow: newId(),
      versionId: newId(),
      version: 1,
      triggerType: "api",
      input: {},
      eventId: newId(),
      owner: newId(),
    },
  };
}
