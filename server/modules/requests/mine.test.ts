import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import type { UserActor } from "@/server/db/tenant";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { createCaller } from "@/server/routes/root";

/** Row 51, A22, A32: what a member asked for. */

let scene: RunsScene;
let dana: TestMember;
let max: TestMember;
beforeAll(async () => {
  scene = await createRunsScene();
  const add = (name: string, businessRoles: string[]) =>
    addTestMember({ organizationId: scene.north.id, role: "approver", email: `${name}@north.test`, businessRoles });
  dana = await add("dana", ["finance"]);
  max = await add("max", ["finance"]);
  await scene.publish("leave", {
    startNodeId: "decide",
    nodes: [
      {
        id: "decide",
        name: "Somebody decides",
        type: "approval",
        assignTo: "role:finance",
        context: { headline: "Days off" },
      },
      { id: "no", type: "end" },
      { id: "yes", type: "end" },
    ],
    edges: [edge("decide", "yes", "approved"), edge("decide", "no", "rejected")],
    inputSchema: {
      type: "object",
      properties: { name: { type: "string", title: "For whom" }, days: { type: "integer" } },
    },
  });
});
afterAll(() => scene.close());

const api = (actor: UserActor) => createCaller({ actor, requestId: "test" }).requests;
const uuid = (runId: string) => readId("run", runId) ?? "";

async function ask(by: TestMember, name = "Jane"): Promise<string> {
  const started = await rest(by.apiKey, "POST", "/api/v1/runs", { template_id: "leave", input: { name, days: 3 } });
  await scene.reached(started.json.id, "waiting_approval");
  return uuid(started.json.id);
}

async function decide(runId: string, verb: "approve" | "reject", body: object): Promise<void> {
  const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
  const done = await rest(max.apiKey, "POST", `/api/v1/approvals/${String(json.approvals[0].id)}/${verb}`, body);
  expect(done, JSON.stringify(done.json)).toMatchObject({ status: 200 });
}

describe("51 what a member asked for", () => {
  it("says who has it, and shows what they answered to them alone", async () => {
    const runId = await ask(dana);
    const mine = api(dana.actor);
    expect((await mine.mine({})).items[0]).toMatchObject({
      id: runId,
      title: "leave",
      subject: "Jane",
      state: "waiting_for_people",
      label: "Waits for Finance: max",
      usual: null,
      mayNudge: true,
      mayWithdraw: true,
    });
    expect(await mine.get({ runId })).toMatchObject({
      values: { name: "Jane", days: 3 },
      steps: [{ label: "Somebody decides", state: "now" }],
      mayOpenRun: true,
      words: [],
    });
    for (const other of [max.actor, scene.north.members.owner.actor, scene.south.members.owner.actor]) {
      expect((await api(other).mine({})).items.map(({ id }) => id)).not.toContain(runId);
      for (const act of ["get", "nudge", "withdraw"] as const)
        await expect(api(other)[act]({ runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("a refusal says who refused and what they said to the requester, and never what they said to colleagues", async () => {
    const runId = await ask(dana);
    await decide(runId, "reject", { comment: "Not her again", message_to_requester: "Ask again in May." });
    await scene.reached(runId, "completed");
    const seen = await api(dana.actor).get({ runId });
    expect(seen).toMatchObject({
      state: "declined",
      label: "Declined by max",
      why: "Ask again in May.",
      words: [{ text: "Ask again in May.", by: "max" }],
      steps: [],
      mayWithdraw: false,
      mayNudge: false,
    });
    expect(JSON.stringify(seen)).not.toContain("Not her again");
    for (const act of ["nudge", "withdraw"] as const)
      await expect(api(dana.actor)[act]({ runId })).rejects.toThrow("This request is over already.");
  });

  it("reminds those who are asked once in four hours, of two presses once", async () => {
    const runId = await ask(dana);
    const both = await Promise.allSettled([1, 2].map(() => api(dana.actor).nudge({ runId })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await api(dana.actor).get({ runId })).toMatchObject({ mayNudge: false, nudgedAt: expect.any(String) });
    await scene.worker.executor.idle();
    const { rows } = await scene.database.pool.query(
      "select user_id from notices where run_id = $1 and reason = 'reminder'",
      [runId],
    );
    expect(rows.map(({ user_id: id }) => id)).toContain(max.userId);
  });

  it("is withdrawn once with the reason, however often it is pressed", async () => {
    const runId = await ask(dana);
    await Promise.all([1, 2].map(() => api(dana.actor).withdraw({ runId, reason: "Changed my mind" })));
    const { rows } = await scene.database.pool.query("select status, cancel_reason from runs where id = $1", [runId]);
    expect(rows).toEqual([{ status: "cancelled", cancel_reason: "withdrawn by the requester: Changed my mind" }]);
    expect((await api(dana.actor).mine({ search: "jan" })).items.find(({ id }) => id === runId)).toMatchObject({
      label: "You withdrew it",
      why: "Changed my mind",
    });
  });

  it("what somebody who was asked back has to answer is their turn", async () => {
    const runId = await ask(dana);
    const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
    const asked = await rest(max.apiKey, "POST", `/api/v1/approvals/${String(json.approvals[0].id)}/ask`, {
      question: "Which days?",
    });
    expect(asked, JSON.stringify(asked.json)).toMatchObject({ status: 200 });
    expect(await api(dana.actor).get({ runId })).toMatchObject({
      state: "waiting_for_you",
      label: "Waits for your answer: see your inbox",
      mayNudge: false,
    });
  });
});
