import { expect, test } from "vitest";
import { createProbe } from "./probe.testkit";
import { useTestExecutor } from "./executor-bench.testkit";

const { client, start } = useTestExecutor();

test("a step inside a step fails the run by name at once", async () => {
  const heard = createProbe<string>();
  const nested = client().createFunction(
    {
      id: "nested",
      triggers: [{ event: "t/nested" }],
      onFailure: ({ error }: { error: Error }) => heard.add(error.message),
    },
    async ({ step }) => {
      await step.run("outer", () => step.run("inner", () => 1));
    },
  );
  await start([nested]);
  await client().send({ name: "t/nested" });
  expect((await heard.reaches(1))[0]).toContain('The step "inner" is inside the step "outer"');
});

test("3.7 a call that hangs between steps is given up after its time limit; a step that lasts longer is called once", async () => {
  const heard = createProbe<string>();
  const bodies = createProbe<string>();
  const hanging = client().createFunction(
    {
      id: "hanging",
      triggers: [{ event: "t/hanging" }],
      retries: 0,
      onFailure: ({ error }: { error: Error }) => heard.add(error.message),
    },
    async () => {
      await new Promise(() => undefined);
    },
  );
  const long = client().createFunction({ id: "long", triggers: [{ event: "t/long" }] }, async ({ step }) => {
    await step.run("long", async () => {
      bodies.add("long");
      // The other call begins after this step did: when it was given up, so long has this step lasted at least.
      await client().send({ name: "t/hanging" });
      await heard.reaches(1);
    });
    await step.run("after", () => bodies.add("after"));
  });
  const executor = await start([hanging, long], { callMs: 300 });
  await client().send({ name: "t/long" });
  await bodies.reaches(2);
  await executor.idle();
  expect(bodies.items).toEqual(["long", "after"]);
  expect(heard.items).toEqual([expect.stringContaining("did not go on between two steps")]);
});

test("a step's output over 4 MB and a run's step 1001 fail the run by name", async () => {
  const heard = createProbe<string>();
  const onFailure = ({ error }: { error: Error }): void => heard.add(error.message);
  const big = client().createFunction({ id: "big", triggers: [{ event: "t/big" }], onFailure }, async ({ step }) => {
    await step.run("big", () => "x".repeat(4 * 1024 * 1024 + 10));
  });
  const many = client().createFunction({ id: "many", triggers: [{ event: "t/many" }], onFailure }, async ({ step }) => {
    for (let n = 0; n < 1_001; n += 1) await step.run(`s${n}`, () => n);
  });
  await start([big, many]);
  await client().send([{ name: "t/big" }, { name: "t/many" }]);
  expect([...(await heard.reaches(2))].sort()).toEqual([
    expect.stringContaining("4194304 bytes"),
    expect.stringContaining("more than 1000 steps"),
  ]);
});

test("what PostgreSQL cannot store fails the run by name instead of repeating the step for ever", async () => {
  const heard = createProbe<string>();
  const bodies = createProbe<string>();
  const nul = client().createFunction(
    {
      id: "nul",
      triggers: [{ event: "t/nul" }],
      onFailure: ({ error }: { error: Error }) => {
        heard.add(error.message);
      },
    },
    async ({ event, step }) => {
      if ((event.data as { early: boolean }).early) await step.run("bad", () => (bodies.add("bad"), "a\u0000b"));
      return "a\u0000b";
    },
  );
  await start([nul]);
  await client().send([
    { name: "t/nul", data: { early: true } },
    { name: "t/nul", data: { early: false } },
  ]);
  for (const message of await heard.reaches(2)) expect(message).toContain("could not be stored");
  expect(bodies.items).toHaveLength(1);
});
