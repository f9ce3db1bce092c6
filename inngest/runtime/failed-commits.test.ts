import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestRun } from "./runtime.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

it("a turn that waits behind one whose commit fails goes on from the journal, and what that one took is somebody's", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager" },
      { id: "act", type: "service_call", service: "echo", method: "POST", path: "/act" },
    ],
    edges: [{ from: "ask", to: "act", case: "approved" }],
  });
  const id = await startTestRun(scene, flow);
  let cuts = 0;
  const turns = scene.process(({ store }) => ({
    store: {
      ...store,
      commit: async (commit) => {
        if (cuts === 0) return store.commit(commit);
        cuts -= 1;
        throw new Error("Connection terminated unexpectedly");
      },
    },
  }));
  const [first, lane] = ["first", "lane"].map((driverId) => ({ runId: id, generation: 1, driverId }));
  if (!first || !lane) throw new Error("two drivers");
  await turns.begin(first, { id: "begin", turn: 0 });
  await turns.park(first, { id: "park:1", turn: 1 });
  const [asked] = await scene.open(id);
  await scene.resolve(flow, asked?.id ?? "", "approved");

  // Both in one process, one behind the other.
  cuts = 1;
  const [failed, next] = await Promise.allSettled([
    turns.read(first, { id: "read:1", turn: 1 }),
    turns.read(lane, { id: "lane:1", turn: 0 }),
  ]);
  expect(failed).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining("terminated") } });
  expect(next).toMatchObject({ status: "fulfilled", value: { next: [{ key: "act" }] } });
  // Asked again, as executors do, the first finds that it is taken.
  expect(await turns.read(first, { id: "read:1", turn: 1 })).toMatchObject({ next: [], end: "idle" });
});
