import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const asks = {
  startNodeId: "ask",
  nodes: [
    { id: "ask", type: "approval", actionLabel: "Go on?", assignTo: "role:owner", onReject: { next: "end" } },
    { id: "end", type: "output", output: { by: "the first version" } },
  ],
  edges: [{ from: "ask", to: "end", case: "approved" }],
};

describe("runs that wait while their workflow is edited", () => {
  it("F-43 finish on the version they started with; the edit, the publish and a rollback leave them alone", async () => {
    const { north } = scene;
    await scene.publish("asks", asks);
    const runId = await scene.start("asks");
    await scene.reached(runId, "waiting_approval");
    const page = createCaller({ actor: north.members.builder.actor, requestId: "test" });
    const { revision: before } = await page.drafts.open({ slug: "asks" });
    const { revision } = await page.drafts.applyBatch({
      slug: "asks",
      clientId: "tab",
      batchId: randomUUID(),
      baseRevision: before,
      operations: [
        { op: "update_node", id: "end", changes: [{ path: ["output"], value: { by: "the second version" } }] },
        { op: "update_node", id: "ask", changes: [{ path: ["actionLabel"], value: "Really?" }] },
      ],
    });
    const preview = await page.drafts.preview({ slug: "asks" });
    expect(preview.openRuns).toEqual([{ version: 1, runs: 1 }]);
    expect(await page.drafts.publish({ slug: "asks", revision })).toEqual({ published: 2 });
    const second = await scene.start("asks");
    await scene.reached(second, "waiting_approval");
    expect((await page.drafts.preview({ slug: "asks" })).openRuns).toEqual([
      { version: 2, runs: 1 },
      { version: 1, runs: 1 },
    ]);
    await page.workflows.rollback({ slug: "asks", version: 1 });
    for (const [id, output] of [
      [runId, "the first version"],
      [second, "the second version"],
    ] as const) {
      const { rows } = await hotPool().query<{ id: string }>(
        "select id from waitpoints where run_id = $1 and status = 'open'",
        [uuidOf(id)],
      );
      const approved = await scene.call("POST", `/api/v1/approvals/${rows[0]?.id ?? ""}/approve`);
      expect(approved.status).toBe(200);
      expect((await scene.reached(id, "completed")).output).toEqual({ by: output });
    }
    expect((await page.workflows.get({ slug: "asks" })).publishedVersion).toBe(3);
  });

  it("test runs and frozen drafts are in no count and no list of versions", async () => {
    await scene.publish("counted", asks);
    const runId = await scene.start("counted");
    await scene.reached(runId, "waiting_approval");
    await hotPool().query("update runs set test = true where id = $1", [uuidOf(runId)]);
    await hotPool().query(
      `insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id)
      select $1, organization_id, workflow_id, -1, spec, triggers, config, created_by_id
      from workflow_versions where workflow_id = (select id from workflows where slug = 'counted')`,
      [randomUUID()],
    );
    const page = createCaller({ actor: scene.north.members.viewer.actor, requestId: "test" });
    const detail = await page.workflows.get({ slug: "counted" });
    expect(detail).toMatchObject({ executions: 0, openRuns: 0 });
    expect(detail.versions.map(({ number }) => number)).toEqual([1]);
    expect(detail.activity.every(({ completed, failed, other }) => completed + failed + other === 0)).toBe(true);
    expect((await page.drafts.preview({ slug: "counted" })).openRuns).toEqual([]);
    const listed = await scene.call("GET", "/api/workflows/counted/versions");
    expect(listed.json.data.versions).toHaveLength(1);
    const { json } = await scene.call("GET", "/api/workflows?limit=50");
    const row = json.data.workflows.find(({ slug }: { slug: string }) => slug === "counted");
    expect(row._count.executions).toBe(0);
    for (const path of ["versions/-1", "versions/0", "diff?from=-1&to=1"])
      expect((await scene.call("GET", `/api/workflows/counted/${path}`)).status).toBeGreaterThanOrEqual(400);
  });
});

const uuidOf = (runId: string): string | null => readId("run", runId);
