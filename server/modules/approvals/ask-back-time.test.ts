import { afterAll, beforeAll, expect, it } from "vitest";
import { createDrivers } from "@/inngest/runtime/drivers.testkit";
import { insertWorkflow, readRun, startTestRun } from "@/inngest/runtime/runtime.testkit";
import { createTurnScene, type TurnScene } from "@/inngest/runtime/turns.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { closePrisma } from "@/server/db/client";
import { closeLive } from "@/server/db/live";
import { closePools } from "@/server/db/pools";
import { answerQuestion, askBack } from "./service";

const hour = 3_600_000;
let scene: TurnScene;
let north: TestOrganization;

beforeAll(async () => {
  scene = await createTurnScene();
  north = await createTestOrganization("north");
});
afterAll(async () => {
  await closeLive();
  await closePools();
  await closePrisma();
  await scene.close();
});

const query = async <T extends object>(text: string, values: unknown[]) =>
  (await scene.database.pool.query<T>(text, values)).rows;

it("row 12 a timeout does not fire while a question is open, waits as much longer, and fires then", async () => {
  const flow = await insertWorkflow(
    scene.database.pool,
    {
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "approval", assignTo: "role:owner", timeoutHours: 1 }],
      edges: [],
    },
    { organizationId: north.id },
  );
  const runId = await startTestRun(scene, flow);
  const { owner, operator } = north.members;
  await query("update runs set initiated_by = $2 where id = $1", [runId, operator.userId]);
  const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock);
  await drivers.settle();
  const [asked] = await scene.open(runId);
  const id = asked?.id ?? "";
  const state = async () =>
    (
      await query<{ status: string; outcome: string | null }>("select status, outcome from waitpoints where id = $1", [
        id,
      ])
    )[0];
  await askBack(owner.actor, id, "Why?");
  // The driver had set its clock to the old time: it wakes up, finds nothing, and does not try again and again.
  scene.clock.ahead += 2 * hour;
  await drivers.settle();
  expect(await state()).toMatchObject({ status: "open" });
  const calls = drivers.calls;
  scene.clock.ahead += 2 * hour;
  await drivers.settle();
  expect(drivers.calls).toBe(calls);
  expect(await readRun(scene.database.pool, runId)).toMatchObject({ status: "waiting_approval" });

  await query("update waitpoints set question_at = question_at - interval '4 hours' where id = $1", [id]);
  const { dueAt } = await answerQuestion(operator.actor, id, "So");
  expect(Date.parse(dueAt ?? "")).toBeGreaterThan(scene.clock.now() + 0.9 * hour);
  await drivers.settle();
  expect(await state()).toMatchObject({ status: "open" });

  // The database's own clock stands where it stood.
  await query("update waitpoints set due_at = now() where id = $1", [id]);
  scene.clock.ahead += 2 * hour;
  await drivers.settle();
  expect(await state()).toMatchObject({ status: "resolved", outcome: "timed_out" });
});
