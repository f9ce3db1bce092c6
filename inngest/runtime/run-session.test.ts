import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunSessions, type RunSessions } from "./run-session";
import { startTestRun } from "./runtime.testkit";
import { call } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

/** The sessions of a process of its own. */
function sessionsOf(): RunSessions {
  let sessions: RunSessions | undefined;
  scene.process((deps) => {
    sessions = createRunSessions(deps);
    return {};
  });
  if (!sessions) throw new Error("A process makes its dependencies at once");
  return sessions;
}

it("two drivers that find a session too old in the same moment go on with the same one", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  const sessions = sessionsOf();
  const old = await sessions.get(id, 1);
  await scene.process().begin({ runId: id, generation: 1, driverId: "d" }, { id: "begin", turn: 0 });
  const [one, other, further] = await Promise.all([
    sessions.get(id, 1, 1),
    sessions.get(id, 1, 1),
    sessions.get(id, 1, 2),
  ]);
  expect(one).not.toBe(old);
  expect(other).toBe(one);
  // Nothing is as far as that: it is folded anew, and there is an answer.
  expect(further?.run.seq).toBe(1);
});

it("sessions of one run that were folded in the same moment are each as far as they were folded", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  const [mine, yours] = await Promise.all([sessionsOf().get(id, 1), sessionsOf().get(id, 1)]);
  if (!mine || !yours) throw new Error("The run is there");
  mine.run.seq = 7;
  expect(yours.run.seq).toBe(0);
});
