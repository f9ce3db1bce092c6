import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { outsideActor } from "@/server/auth/actor";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { decideApproval } from "./service";

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
      { id: "end", type: "end", output: { votes: "${step.ask.output.votes}" } },
    ],
    edges: [edge("ask", "end", "approved")],
  });
  await scene.publish("lease", workflow(true));
  await scene.publish("inside", workflow(false));
  await scene.publish("alone", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", outside: true, assignTo: "${input.lawyer}" },
      { id: "end", type: "end", output: { by: "${step.ask.output.decidedBy}" } },
    ],
    edges: [edge("ask", "end", "approved")],
  });
});
afterAll(() => scene.close());

const asked = async (slug: string, lawyer: string) => {
  const runId = await scene.start(slug, { lawyer });
  const run = await scene.reached(runId, "waiting_approval");
  return { runId, run, approval: run.approvals[0] };
};
/** As the link's page decides, once the code was entered. */
async function decide(id: string, address: string): Promise<void> {
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select id from outside_people where organization_id = $1 and address = $2",
    [scene.north.id, address],
  );
  const person = outsideActor({ id: rows[0]?.id ?? "", address, organizationId: scene.north.id });
  await decideApproval(person, id, { decision: "approved", via: "api" });
}

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

it("A17 later steps read who decided as an address, beside members and alone", async () => {
  const ann = { id: "email:ann@law.test", name: "ann@law.test" };
  const alone = await asked("alone", "Ann@law.test");
  await decide(alone.approval.id, ann.name);
  expect((await scene.reached(alone.runId, "completed")).output).toEqual({ by: { ...ann, email: ann.name } });
  const both = await asked("lease", "ann@law.test");
  await decide(both.approval.id, ann.name);
  const { owner } = scene.north.members;
  await rest(owner.apiKey, "POST", `/api/v1/approvals/${both.approval.id}/approve`, {});
  expect((await scene.reached(both.runId, "completed")).output.votes).toMatchObject([{ ...ann, decision: "approved" }]);
});
