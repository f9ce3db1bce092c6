import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  const workflow = (outside: boolean) => ({
    startNodeId: "ask",
    nodes: [
      {
        id: "ask",
        type: "approval",
        ...(outside ? { outside } : {}),
        assignTo: ["${input.lawyer}", "role:owner"],
        quorum: { mode: "sequence" },
        onReject: "fail",
      },
      { id: "end", type: "end", output: { first: "${step.ask.output.votes}", by: "${step.ask.output.decidedBy}" } },
    ],
    edges: [edge("ask", "end", "approved")],
  });
  await scene.publish("lease", workflow(true));
  await scene.publish("inside", workflow(false));
});
afterAll(() => scene.close());

const asked = async (slug: string, lawyer: string) => {
  const runId = await scene.start(slug, { lawyer });
  const run = await scene.reached(runId, "waiting_approval");
  return { runId, run, approval: run.approvals[0] };
};
const give = (id: string, to: string) =>
  rest(scene.north.members.owner.apiKey, "POST", `/api/v1/approvals/${id}/reassign`, { assign_to: [to] });

it("A17 an address that the data names is asked where the step asks outside, as `email:` and lower-cased", async () => {
  const { approval } = await asked("lease", " Ann@Law.test");
  expect(approval).toMatchObject({ assign_to: ["email:ann@law.test"], undecidable: null });
});

it("A17 an address of a member is that member, in any case of letters", async () => {
  const { admin } = scene.north.members;
  const { approval } = await asked("lease", admin.email.toUpperCase());
  expect(approval.assign_to).toEqual([`user:${admin.userId}`]);
});

it("A13 without it the address stays unknown, and the run says what may have been meant", async () => {
  const { run, approval } = await asked("inside", "ann@law.test");
  expect(approval).toMatchObject({ assign_to: ["ann@law.test"], undecidable: { why: "nobody_left" } });
  expect(JSON.stringify(run)).toContain("set outside to true");
});

it("A17 it is given to an address only where the step asks outside", async () => {
  const open = await asked("lease", "ann@law.test");
  expect(await give(open.approval.id, "Bo@Law.test")).toMatchObject({
    status: 200,
    json: { assign_to: ["email:bo@law.test"] },
  });
  const closed = await asked("inside", scene.north.members.owner.email);
  expect(await give(closed.approval.id, "bo@law.test")).toMatchObject({
    status: 422,
    json: { error: { message: expect.stringContaining("asks nobody without an account") as string } },
  });
});
