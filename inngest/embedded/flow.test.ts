import { expect, test } from "vitest";
import { NonRetriableError } from "inngest";
import { currentDispatch } from "./dispatch-context";
import { createGate, createProbe } from "./probe.testkit";
import { useTestExecutor } from "./executor-bench.testkit";

const { client, pool, start } = useTestExecutor();

test("onFailure hears of a failed run once, with its event and its error", async () => {
  const heard = createProbe<unknown>();
  const fails = client().createFunction(
    {
      id: "fails",
      triggers: [{ event: "t/fail" }],
      onFailure: ({ event, error }: { event: { data: { event: { data?: unknown }; run_id: string } }; error: Error }) =>
        heard.add([event.data.event.data, error.message]),
    },
    async ({ step }) => {
      await step.run("never", () => {
        throw new NonRetriableError("no");
      });
    },
  );
  const executor = await start([fails]);
  await client().send({ name: "t/fail", data: { n: 1 } });
  await heard.reaches(1);
  await executor.idle();
  expect(heard.items).toEqual([[{ n: 1 }, "no"]]);
});

test("a concurrency key lets one call of each key execute at a time", async () => {
  const running = new Map<string, number>();
  let highest = 0;
  const ends = createProbe<string>();
  const keyed = client().createFunction(
    { id: "keyed", triggers: [{ event: "t/keyed" }], concurrency: { limit: 1, key: "event.data.who" } },
    async ({ event, step }) => {
      const { who } = event.data as { who: string };
      for (const name of ["a", "b"]) {
        await step.run(name, async () => {
          running.set(who, (running.get(who) ?? 0) + 1);
          highest = Math.max(highest, running.get(who) ?? 0);
          await pool().query("select 1");
          running.set(who, (running.get(who) ?? 0) - 1);
        });
      }
      ends.add(who);
    },
  );
  await start([keyed]);
  await client().send(Array.from({ length: 30 }, (_, n) => ({ name: "t/keyed", data: { who: `w${n % 3}` } })));
  await ends.reaches(30);
  expect(highest).toBe(1);
});

test("a run that sleeps holds no slot of a concurrency limit", async () => {
  const order = createProbe<string>();
  const one = client().createFunction(
    { id: "one", triggers: [{ event: "t/one" }], concurrency: 1 },
    async ({ event, step }) => {
      const { nap } = event.data as { nap: boolean };
      if (nap)
        await Promise.all([
          step.waitForEvent("w", { event: "t/wake", timeout: "1h" }),
          step.run("parked", () => order.add("parked")),
        ]);
      order.add(nap ? "woke" : "passed");
    },
  );
  await start([one]);
  await client().send({ name: "t/one", data: { nap: true } });
  await order.reaches(1);
  await client().send({ name: "t/one", data: { nap: false } });
  await order.reaches(2);
  await client().send({ name: "t/wake" });
  expect(await order.reaches(3)).toEqual(["parked", "passed", "woke"]);
});

test("a missed cron tick is made up for by one run, for the latest tick", async () => {
  const ticks = createProbe<{ scheduledAt: string }>();
  const every = client().createFunction(
    { id: "every", triggers: [{ cron: "TZ=Asia/Kathmandu 0 * * * *" }] },
    ({ event }) => ticks.add(event.data as { scheduledAt: string }),
  );
  await pool().query(
    "insert into exec_cron (function_id, cron, next_at, fire_at) select 'test-every', 'TZ=Asia/Kathmandu 0 * * * *', t, t from (select date_trunc('hour', now()) - interval '5 hours 45 minutes' as t) x",
  );
  const executor = await start([every]);
  await ticks.reaches(1);
  await executor.idle();
  expect(ticks.items).toHaveLength(1);
  const at = new Date(ticks.items[0]?.scheduledAt ?? "");
  expect(at.getUTCMinutes()).toBe(15);
  expect(Date.now() - at.getTime()).toBeLessThan(3_600_000);
  const { rows } = await pool().query<{ future: boolean }>("select next_at > now() as future from exec_cron");
  expect(rows).toEqual([{ future: true }]);
});

test("timeouts.finish cancels a run that takes too long, and onFailure stays silent", async () => {
  const ends = createProbe<string>();
  const slow = client().createFunction(
    { id: "slow", triggers: [{ event: "t/slow" }], timeouts: { finish: "1s" }, onFailure: () => ends.add("failed") },
    async ({ step }) => {
      await step.sleep("long", "1h");
    },
  );
  const told = client().createFunction({ id: "told", triggers: [{ event: "inngest/function.cancelled" }] }, () =>
    ends.add("cancelled"),
  );
  const executor = await start([slow, told]);
  await client().send({ name: "t/slow" });
  await ends.reaches(1);
  await executor.idle();
  expect(ends.items).toEqual(["cancelled"]);
});

test("parallelMode race: a fast branch goes on while a slow one is still executing", async () => {
  const gate = createGate();
  const order = createProbe<string>();
  const racing = client().createFunction({ id: "racing", triggers: [{ event: "t/race" }] }, async ({ step }) => {
    const run = (id: string, body: () => unknown): Promise<unknown> =>
      step.run({ id, parallelMode: "race" } as { id: string }, body);
    await Promise.all([
      run("slow", async () => {
        await gate.opened;
        order.add("slow");
      }),
      run("fast1", () => order.add("fast1"))
        .then(() => run("fast2", () => order.add("fast2")))
        .then(() => run("fast3", () => order.add("fast3"))),
    ]);
    await step.run("end", () => order.add("end"));
  });
  await start([racing]);
  await client().send({ name: "t/race" });
  await order.reaches(3);
  gate.open();
  expect(await order.reaches(5)).toEqual(["fast1", "fast2", "fast3", "slow", "end"]);
});

test("every step body knows its own call, with many runs at once", async () => {
  const seen = createProbe<boolean>();
  const fn = client().createFunction({ id: "ctx", triggers: [{ event: "t/ctx" }] }, async ({ runId, step }) => {
    for (const name of ["a", "b", "c"]) {
      await step.run(name, async () => {
        await pool().query("select 1");
        seen.add(currentDispatch()?.execRunId === runId);
      });
    }
    await Promise.all(
      ["p", "q"].map((name) =>
        step.run(name, () => seen.add(currentDispatch()?.execRunId === runId && currentDispatch()?.jobId !== "step")),
      ),
    );
  });
  await start([fn]);
  await client().send(Array.from({ length: 20 }, () => ({ name: "t/ctx" })));
  expect(new Set(await seen.reaches(100))).toEqual(new Set([true]));
  expect(currentDispatch()).toBeUndefined();
});

test("1,000 sleeping runs wait in rows and all wake", async () => {
  const ends = createProbe<number>();
  const naps = client().createFunction({ id: "naps", triggers: [{ event: "t/nap" }] }, async ({ event, step }) => {
    await step.sleep("nap", "2s");
    ends.add((event.data as { n: number }).n);
  });
  await start([naps]);
  await client().send(Array.from({ length: 1_000 }, (_, n) => ({ name: "t/nap", data: { n } })));
  expect(new Set(await ends.reaches(1_000)).size).toBe(1_000);
});
