import { afterAll, beforeAll, expect, it } from "vitest";
import { createDrivers, type Crashes } from "./drivers.testkit";
import { readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

/** A call, then side by side: one that fails once and an approval with a call behind it; a loop of calls after both. */
const document = {
  startNodeId: "a",
  nodes: [
    call("a"),
    call("flaky", "/flaky", { retry: { maxAttempts: 3, backoff: 50, retryOn: ["5xx"] } }),
    { id: "ask", type: "approval", assignTo: "role:manager" },
    call("granted"),
    { id: "pause", type: "wait", duration: "PT1H" },
    {
      id: "each",
      type: "loop",
      items: "${[1, 2, 3]}",
      concurrency: 2,
      body: { startNodeId: "item", nodes: [call("item")], edges: [] },
    },
    call("last", "/last", { body: { seen: "${step.granted.output.path} ${step.flaky.output.path}" } }),
  ],
  edges: edges(
    ["a", "flaky"],
    ["a", "ask"],
    ["ask", "granted", "approved"],
    ["granted", "pause"],
    ["flaky", "each"],
    ["pause", "each"],
    ["each", "last"],
  ),
};

/** Plays one run to its end: every approval is granted, time jumps when nothing else happens. */
async function play(crashes: Crashes) {
  const flow = await scene.workflow(document);
  scene.answers.set("/flaky", [503]);
  const id = await startTestRun(scene, flow);
  const drivers = createDrivers(scene.database.pool, scene.process(), scene.clock, crashes);
  for (let round = 0; round < 20; round += 1) {
    await drivers.settle();
    const run = await readRun(scene.database.pool, id);
    if (run["ended_at"] !== null) return { id, run, bodies: drivers.bodies };
    const [asked] = (await scene.open(id)).filter(({ kind }) => kind === "approval");
    if (asked) await scene.resolve(flow, asked.id, "approved");
    else scene.clock.ahead += 3_700_000;
  }
  throw new Error(`The run never ended: ${JSON.stringify(await readRun(scene.database.pool, id))}`);
}

it("the run without any crash makes each call once, the flaky one twice", async () => {
  const { id, run } = await play({ afterBodies: 0, forget: "last" });
  expect(run["status"]).toBe("completed");
  expect(scene.callsOf(id).toSorted()).toEqual([
    "a",
    "flaky",
    "flaky",
    "granted",
    "item:0",
    "item:1",
    "item:2",
    "last",
  ]);
  // A try after a pause is no call that was cut off.
  const { rows } = await scene.database.pool.query(
    "select attempts from step_runs where run_id = $1 and key = 'flaky'",
    [id],
  );
  expect(rows).toEqual([
    { attempts: [{ n: 1, at: expect.any(String), ms: expect.any(Number), error: expect.any(Object) }] },
  ]);
  const told = await scene.database.pool.query(
    "select 1 from run_events where run_id = $1 and type = 'step.repeated'",
    [id],
  );
  expect(told.rowCount).toBe(0);
});

it.each(["last", "all"] as const)(
  "scale-out b: a driver that dies after any step and forgets %s of its steps makes no call twice and leaves nothing out",
  async (forget) => {
    const { bodies } = await play({ afterBodies: 0, forget });
    for (let afterBodies = 1; afterBodies <= bodies; afterBodies += 1) {
      const { id, run } = await play({ afterBodies, forget });
      expect({ afterBodies, status: run["status"] }).toEqual({ afterBodies, status: "completed" });
      expect({ afterBodies, calls: scene.callsOf(id).toSorted() }).toEqual({
        afterBodies,
        calls: ["a", "flaky", "flaky", "granted", "item:0", "item:1", "item:2", "last"],
      });
      const steps = await readSteps(scene.database.pool, id);
      expect(steps.filter((step) => step.status !== "completed")).toEqual([]);
      expect(scene.calls.find(({ key }) => key === `${id}:last`)?.body).toEqual({ seen: "/granted /flaky" });
    }
  },
);
