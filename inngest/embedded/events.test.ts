import { expect, test } from "vitest";
import { createProbe } from "./probe.testkit";
import { useTestExecutor } from "./executor-bench.testkit";

const { client, pool, start } = useTestExecutor();

test("a reply to a wait registered in the same Promise.all is never lost: 50 of 50", async () => {
  const ends = createProbe<string>();
  const asks = client().createFunction({ id: "asks", triggers: [{ event: "t/ask" }] }, async ({ event, step }) => {
    const [reply] = await Promise.all([
      step.waitForEvent("reply", { event: "t/reply", match: "data.id", timeout: "1h" }),
      step.run("ask", () => client().send({ name: "t/reply", data: { id: (event.data as { id: string }).id } })),
    ]);
    ends.add(reply ? "got" : "missed");
  });
  await start([asks]);
  await client().send(Array.from({ length: 50 }, (_, n) => ({ name: "t/ask", data: { id: `r${n}` } })));
  expect(await ends.reaches(50)).toEqual(Array.from({ length: 50 }, () => "got"));
});

test("an event wakes only the run whose condition it meets", async () => {
  const parked = createProbe<string>();
  const woken = createProbe<string>();
  const waits = client().createFunction({ id: "waits", triggers: [{ event: "t/go" }] }, async ({ event, step }) => {
    const { id } = event.data as { id: string };
    const [reply] = await Promise.all([
      step.waitForEvent("w", {
        event: "t/word",
        if: "async.data.id == event.data.id && (async.data.n > 5 || async.data.n in [1, 2])",
        timeout: "1h",
      }),
      step.run("parked", () => parked.add(id)),
    ]);
    woken.add(`${id}:${String((reply?.data as { n: number }).n)}`);
  });
  await start([waits]);
  await client().send([
    { name: "t/go", data: { id: "a" } },
    { name: "t/go", data: { id: "b" } },
  ]);
  await parked.reaches(2);
  await client().send([
    { name: "t/word", data: { id: "a", n: 3 } },
    { name: "t/word", data: { id: "b", n: 2 } },
    { name: "t/word", data: { id: "a", n: 9 } },
    { name: "t/word", data: { id: "a", n: 10 } },
  ]);
  expect([...(await woken.reaches(2))].sort()).toEqual(["a:9", "b:2"]);
});

test("the same event id starts a function once", async () => {
  const ran = createProbe<unknown>();
  const once = client().createFunction({ id: "once", triggers: [{ event: "t/once" }] }, ({ event }) =>
    ran.add(event.data),
  );
  const also = client().createFunction(
    { id: "also", triggers: [{ event: "t/once" }], idempotency: "event.data.who" },
    ({ event }) => ran.add(event.data),
  );
  const executor = await start([once, also]);
  await client().send([
    { id: "e1", name: "t/once", data: { who: "x" } },
    { id: "e1", name: "t/once", data: { who: "x" } },
    { id: "e2", name: "t/once", data: { who: "x" } },
  ]);
  await client().send({ id: "e1", name: "t/once", data: { who: "y" } });
  await executor.idle();
  expect(ran.items).toHaveLength(3);
});

test("cancelOn ends a waiting run and tells who listens; others go on", async () => {
  const parked = createProbe<string>();
  const ends = createProbe<string>();
  const long = client().createFunction(
    {
      id: "long",
      triggers: [{ event: "t/long" }],
      cancelOn: [{ event: "t/stop", if: "event.data.id == async.data.id" }],
    },
    async ({ event, step }) => {
      const { id } = event.data as { id: string };
      await Promise.all([
        step.waitForEvent("w", { event: "t/finish", match: "data.id", timeout: "1h" }),
        step.run("parked", () => parked.add(id)),
      ]);
      ends.add(`finished ${id}`);
    },
  );
  const told = client().createFunction(
    { id: "told", triggers: [{ event: "inngest/function.cancelled" }] },
    ({ event }) =>
      ends.add(`cancelled ${(event.data as unknown as { event: { data: { id: string } } }).event.data.id}`),
  );
  await start([long, told]);
  await client().send([
    { name: "t/long", data: { id: "a" } },
    { name: "t/long", data: { id: "b" } },
  ]);
  await parked.reaches(2);
  await client().send({ name: "t/stop", data: { id: "a" } });
  await ends.reaches(1);
  await client().send([
    { name: "t/finish", data: { id: "a" } },
    { name: "t/finish", data: { id: "b" } },
  ]);
  expect(await ends.reaches(2)).toEqual(["cancelled a", "finished b"]);
});

test("a signal wakes the run that waits for it", async () => {
  const parked = createProbe<string>();
  const got = createProbe<unknown>();
  const waits = client().createFunction({ id: "sig", triggers: [{ event: "t/sig" }] }, async ({ step }) => {
    const [signal] = await Promise.all([
      step.waitForSignal("s", { signal: "door", timeout: "1h", onConflict: "fail" }),
      step.run("parked", () => parked.add("p")),
    ]);
    got.add(signal?.data);
  });
  const sends = client().createFunction({ id: "sends", triggers: [{ event: "t/send" }] }, ({ step }) =>
    step.sendSignal("s", { signal: "door", data: { open: true } }),
  );
  await start([waits, sends]);
  await client().send({ name: "t/sig" });
  await parked.reaches(1);
  await client().send({ name: "t/send" });
  expect(await got.reaches(1)).toEqual([{ open: true }]);
});

test("an event with a future time starts its run then, not before", async () => {
  const ran = createProbe<string>();
  const late = client().createFunction({ id: "late", triggers: [{ event: "t/late" }] }, ({ event }) =>
    ran.add((event.data as { n: string }).n),
  );
  await start([late]);
  await client().send({ name: "t/late", ts: Date.now() + 86_400_000, data: { n: "later" } });
  await client().send({ name: "t/late", data: { n: "now" } });
  expect(await ran.reaches(1)).toEqual(["now"]);
  const { rowCount } = await pool().query(
    "update event_outbox set due_at = now() where due_at > now() + interval '23 hours'",
  );
  expect(rowCount).toBe(1);
  await pool().query("select pg_notify('hp_events', '')");
  expect(await ran.reaches(2)).toEqual(["now", "later"]);
});

test("an event written by another process's transaction is taken", async () => {
  const ran = createProbe<unknown>();
  const fn = client().createFunction({ id: "fn", triggers: [{ event: "t/outbox" }] }, ({ event }) =>
    ran.add(event.data),
  );
  await start([fn]);
  await pool().query(
    "insert into event_outbox (id, name, data) values (gen_random_uuid(), 't/outbox', '{\"from\": \"web\"}')",
  );
  await pool().query("select pg_notify('hp_events', '')");
  expect(await ran.reaches(1)).toEqual([{ from: "web" }]);
});
