import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runStatuses, type RunStatus } from "@/core/run-status";
import { allowedRunActions } from "@/core/engine/transitions";
import { rest } from "@/server/api/rest/client.testkit";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("gate", {
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }, effect("act")],
    edges: [edge("ask", "act", "approved")],
  });
  await scene.publish("pay", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:owner" },
      effect("pay", { path: "/pay/${input.amount}" }),
      effect("tell"),
    ],
    edges: [edge("ask", "pay", "approved"), edge("pay", "tell")],
    inputSchema: { type: "object", properties: { amount: { type: "number" } } },
  });
});
afterAll(() => scene.close());

const control = (id: string, verb: string, body?: object) =>
  scene.call("POST", `/api/v1/workflows/${id}/${verb}`, body);
const decide = async (id: string, verb: string) => {
  const { json } = await scene.call("GET", `/api/v1/workflows/${id}`);
  const approval = json.approvals.find(({ status }: { status: string }) => status === "pending");
  return scene.call("POST", `/api/v1/workflows/${id}/approvals/${approval.id}/${verb}`);
};

describe("pause and resume", () => {
  it("A-12 A-13 A-24 A-25 a paused run takes a decision but goes on only after resume, without a heartbeat meanwhile", async () => {
    const id = await scene.start("gate");
    await scene.reached(id, "waiting_approval");
    const paused = await control(id, "pause");
    expect(paused).toMatchObject({ status: 200, json: { id, status: "paused", hibernated: true, waiting_on: null } });
    expect((await decide(id, "approve")).status).toBe(200);
    await scene.worker.executor.idle();
    const still = await scene.reached(id, "paused");
    expect(still.heartbeat_at).toBe(paused.json.heartbeat_at);
    expect(scene.called).not.toContain("/act");
    expect(await control(id, "resume")).toMatchObject({ status: 200, json: { id } });
    expect((await scene.reached(id, "completed")).steps).toContainEqual(
      expect.objectContaining({ node_id: "act", status: "completed" }),
    );
    expect(scene.called.filter((path) => path === "/act")).toHaveLength(1);
  });

  it("A-12 A-13 are told in the run's story with who did it", async () => {
    const id = await scene.start("gate");
    await scene.reached(id, "waiting_approval");
    await control(id, "pause");
    await control(id, "resume");
    const run = await scene.reached(id, "waiting_approval");
    for (const type of ["run.paused", "run.resumed"])
      expect(run.events).toContainEqual(expect.objectContaining({ type, actor: { name: "owner" } }));
  });
});

describe("cancel", () => {
  it("A-14 A-23 closes what is open, keeps the reason, and reads as cancelled", async () => {
    const id = await scene.start("gate");
    await scene.reached(id, "waiting_approval");
    const { json } = await scene.call("GET", `/api/v1/workflows/${id}`);
    expect(await control(id, "cancel", { reason: "Ordered twice" })).toMatchObject({
      status: 200,
      json: { status: "cancelled", cancel_reason: "Ordered twice", ended_at: expect.any(String), waiting_on: null },
    });
    const late = await scene.call("POST", `/api/v1/approvals/${json.approvals[0].id}/approve`);
    expect(late).toMatchObject({
      status: 409,
      json: { error: { code: "approval_already_decided", decision: "cancelled", decided_by: null } },
    });
    const after = (await scene.call("GET", `/api/v1/workflows/${id}`)).json;
    expect(after.approvals[0]).toMatchObject({ status: "cancelled", decision: "cancelled" });
    expect(after.events).toContainEqual(
      expect.objectContaining({ type: "run.cancelled", data: { reason: "Ordered twice" } }),
    );
  });

  it("A-14 the reason is optional, and other fields are refused", async () => {
    const id = await scene.start("gate");
    expect(await control(id, "cancel", { why: "x" })).toMatchObject({ status: 422 });
    expect(await control(id, "cancel")).toMatchObject({
      status: 200,
      json: { status: "cancelled", cancel_reason: null },
    });
  });
});

describe("retry", () => {
  it("A-15 A-22 begins at the failed step, keeps the approval and the version", async () => {
    scene.broken.add("/pay/7");
    const id = await scene.start("pay", { amount: 7 });
    await scene.reached(id, "waiting_approval");
    await decide(id, "approve");
    const failed = await scene.reached(id, "failed");
    expect(failed).toMatchObject({
      failure_reason: "step_failed",
      error: { node_id: "pay", code: expect.any(String), message: expect.any(String) },
    });
    await scene.publish("pay-next", { startNodeId: "tell", nodes: [effect("tell")], edges: [] });
    scene.broken.delete("/pay/7");
    expect(await control(id, "retry")).toMatchObject({
      status: 200,
      json: { id, error: null, failure_reason: null, ended_at: null },
    });
    const done = await scene.reached(id, "completed");
    expect(done.template.version).toBe(1);
    expect(done.approvals).toHaveLength(1);
    expect(done.approvals[0]).toMatchObject({ status: "approved", decided_by: "owner" });
  });

  it("A-15 H8 takes a corrected input that fits the schema, asks again about what was approved, and keeps what was changed", async () => {
    scene.broken.add("/pay/8");
    const id = await scene.start("pay", { amount: 8 });
    await scene.reached(id, "waiting_approval");
    await decide(id, "approve");
    await scene.reached(id, "failed");
    expect(await control(id, "retry", { patch: { amount: "nine" } })).toMatchObject({
      status: 422,
      json: { error: { details: [{ path: "patch.amount" }] } },
    });
    expect(await control(id, "retry", { from_step: "nowhere" })).toMatchObject({
      status: 422,
      json: { error: { details: [{ path: "from_step" }] } },
    });
    const correction = { reason: "Typed wrong", from_step: "pay", patch: { amount: 9 } };
    expect((await control(id, "retry", correction)).status).toBe(200);
    const asked = await scene.reached(id, "waiting_approval");
    expect(asked.approvals.at(-1).changed).toEqual([{ path: "input.amount", was: 8, now: 9 }]);
    expect(scene.called).not.toContain("/pay/9");
    await decide(id, "approve");
    await scene.reached(id, "completed");
    expect(scene.called).toContain("/pay/9");
    const { rows } = await scene.database.pool.query<{ data: object }>(
      "select data from audit_entries where subject_id = $1 and action = 'run.retry'",
      [id],
    );
    expect(rows.map(({ data }) => data)).toEqual([
      { reason: "Typed wrong", from: "failed", fromStep: "pay", patch: { amount: 9 } },
    ]);
  });

  it("H1 a value by which a run went past an approval is not corrected behind it", async () => {
    await scene.publish("limited", {
      startNodeId: "sum",
      nodes: [
        { id: "sum", type: "transform", expression: { total: "${input.amount}" } },
        { id: "limit", type: "condition", expression: "step.sum.output.total > 100" },
        { id: "ask", type: "approval", assignTo: "role:owner" },
        effect("pay", { path: "/limited/${input.amount}" }),
      ],
      edges: [
        edge("sum", "limit"),
        edge("limit", "ask", "true"),
        edge("limit", "pay", "false"),
        edge("ask", "pay", "approved"),
      ],
    });
    scene.broken.add("/limited/5");
    const id = await scene.start("limited", { amount: 5, note: "a" });
    await scene.reached(id, "failed");
    const refused = await control(id, "retry", { patch: { amount: 999 } });
    expect(refused).toMatchObject({
      status: 422,
      json: { error: { details: [{ code: "decided_by", path: "patch.amount" }] } },
    });
    // From the step that decides, or from before it, the way is chosen again.
    expect((await control(id, "retry", { from_step: "sum", patch: { amount: 999 } })).status).toBe(200);
    await scene.reached(id, "waiting_approval");
    expect(scene.called).not.toContain("/limited/999");
  });

  it("A-15 a cancelled run is asked again where it stood", async () => {
    const id = await scene.start("gate");
    await scene.reached(id, "waiting_approval");
    await control(id, "cancel");
    expect((await control(id, "retry")).status).toBe(200);
    const run = await scene.reached(id, "waiting_approval");
    expect(run.approvals.map(({ status }: { status: string }) => status)).toEqual(["cancelled", "pending"]);
  });
});

describe("what a state does not allow", () => {
  const verbs = ["pause", "resume", "cancel", "retry"] as const;
  it.each(runStatuses.filter((status) => status !== "running"))(
    "A-12 A-13 A-14 A-15 A-24 a run that is %s refuses the rest with 409, naming the state",
    async (status) => {
      const id = await inStatus(status);
      for (const verb of verbs.filter((candidate) => !allowedRunActions[status].includes(candidate))) {
        const refused = await control(id, verb);
        expect([verb, refused.status, refused.json.error.code, refused.json.error.state]).toEqual([
          verb,
          409,
          "invalid_run_state",
          status,
        ]);
        expect(refused.json.error.message).toContain(status);
        expect((await scene.call("GET", `/api/v1/workflows/${id}`)).json.status).toBe(status);
      }
    },
  );

  it("A-12 viewers may not control, and strangers find nothing", async () => {
    const id = await scene.start("gate");
    const path = `/api/v1/workflows/${id}/pause`;
    expect(await rest(scene.north.members.viewer.apiKey, "POST", path)).toMatchObject({
      status: 403,
      json: { error: { code: "missing_scope" } },
    });
    expect((await rest(scene.south.members.owner.apiKey, "POST", path)).status).toBe(404);
  });

  it("A-14 of many cancels at once one counts", async () => {
    const id = await scene.start("gate");
    const answers = await Promise.all(Array.from({ length: 20 }, () => control(id, "cancel")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });
});

/** A run in this status; where a driver would have moved on at once, the status is set by hand. */
async function inStatus(status: RunStatus): Promise<string> {
  const id = await scene.start("gate");
  await eventually(
    async () => (await scene.call("GET", `/api/v1/workflows/${id}`)).json,
    (run) => run.status === "waiting_approval",
  );
  await scene.worker.executor.idle();
  await scene.database.pool.query(
    "update runs set status = $2, ended_at = case when $2 = any('{completed,failed,cancelled}') then now() end where id = $1",
    [id, status],
  );
  return id;
}
