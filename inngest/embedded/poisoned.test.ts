import { afterEach, beforeEach, expect, test } from "vitest";
import { newId } from "@/core/ids";
import { poisonedCall } from "@/inngest/events";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createTestClient, startTestExecutor, type TestExecutor } from "./executor.testkit";
import { createProbe } from "./probe.testkit";

let database: TestDatabase;
let executor: TestExecutor;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await executor.stop();
  await database.close();
});

/** An executor to which every call comes as if so many workers had died over it. */
async function afterDeaths(deaths: number) {
  await database.pool.query(`alter table exec_jobs alter column takeovers set default ${String(deaths)}`);
  const { client, fetch } = createTestClient();
  const heard = createProbe<string>();
  const work = client.createFunction(
    {
      id: "work",
      triggers: [{ event: "t/work" }],
      onFailure: ({ event }) => {
        heard.add(event.data.error.name);
      },
    },
    async ({ step }) => {
      await step.sleep("first", 1);
      await step.run("work", () => {
        heard.add("worked");
      });
    },
  );
  executor = await startTestExecutor(database.url, { client, fetch }, [work]);
  await executor.sendEvents([{ name: "t/work", data: {} }]);
  await heard.reaches(1);
  // Its own calls are not held against the one that hears of it.
  await database.pool.query("alter table exec_jobs alter column takeovers set default 0");
  return heard;
}

test("H7 a call over which two workers died is made once more", async () => {
  expect((await afterDeaths(2)).items).toEqual(["worked"]);
});

test("H7 a call over which three workers died is not made again, and its function hears why", async () => {
  await database.pool.query(
    "create function spare() returns trigger language plpgsql as $$ begin if exists (select 1 from exec_runs where id = new.exec_run and function_id like '%failure') then new.takeovers := 0; end if; return new; end $$",
  );
  await database.pool.query("create trigger spare before insert on exec_jobs for each row execute function spare()");
  expect((await afterDeaths(3)).items).toEqual([poisonedCall]);
});

test.each([
  ["crashed or hung", true, 1],
  ["was ended by somebody", false, 0],
])("H7 R1 a worker that %s is held against its calls: %s", async (_how, isFaulty, takeovers) => {
  const { client, fetch } = createTestClient();
  executor = await startTestExecutor(database.url, { client, fetch }, []);
  const [gone, run] = [newId(), newId()];
  await database.pool.query(
    "insert into exec_workers (id, name, host, pid, process_start) values ($1, 'worker', 'elsewhere', 1, 'then')",
    [gone],
  );
  await database.pool.query("insert into exec_runs (id, function_id, events) values ($1, 'nothing', '[]')", [run]);
  await database.pool.query(
    "insert into exec_jobs (exec_run, step_id, fence, run_at, leased_by, leased_at) values ($1, 'step', 1, 'infinity', $2, now())",
    [run, gone],
  );
  const next = { id: newId(), name: "worker", host: "elsewhere", pid: 2, start: "now", gone: [gone] };
  await database.pool.query("select exec_register($1)", [JSON.stringify({ ...next, faulty: isFaulty ? [gone] : [] })]);
  await database.pool.query("select exec_heartbeat($1, 60000, false)", [next.id]);
  const { rows } = await database.pool.query<{ takeovers: number }>(
    "select takeovers from exec_jobs where exec_run = $1",
    [run],
  );
  expect(rows).toEqual([{ takeovers }]);
});
