import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { controlRun } from "@/server/modules/runs/control";
import { startWorkflow } from "@/server/modules/runs/service";
import { getWorkflow, publishWorkflow, createWorkflow } from "@/server/modules/workflows/service";
import { small } from "@/server/modules/workflows/workflows.testkit";
import type { TestDatabase } from "@/tests/database";
import { createBlank, deleteForever, listTrash, purgeTrash, restoreWorkflow, trashWorkflow } from "./service";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

const builder = () => north.members.builder.actor;
const day = 86_400_000;
const count = async (table: string, workflowId: string): Promise<number> =>
  (await database.pool.query(`select count(*)::int as n from ${table} where workflow_id = $1`, [workflowId])).rows[0].n;

describe("the trash", () => {
  it("keeps a workflow for 30 days and gives it back under its slug, starting nothing until it is published", async () => {
    await createWorkflow(builder(), {
      ...small("desk"),
      triggers: [
        { id: "hook", type: "webhook" },
        { id: "api", type: "api" },
      ],
    });
    await publishWorkflow(builder(), "desk");
    const { id } = await trashWorkflow(builder(), "desk");
    await expect(getWorkflow(builder(), "desk")).rejects.toMatchObject({ code: "not_found" });
    expect(await listTrash(builder())).toMatchObject([{ id, name: "desk", daysLeft: 30, executions: 0 }]);
    expect((await listTrash(builder(), Date.now() + 29.5 * day))[0]?.daysLeft).toBe(1);

    expect(await restoreWorkflow(builder(), id)).toEqual({ slug: "desk" });
    const { workflow } = await getWorkflow(builder(), "desk");
    expect(workflow).toMatchObject({ status: "retired", publishedVersion: 1 });
    await expect(startWorkflow(builder(), { workflow: "desk", input: {}, triggerType: "api" })).rejects.toMatchObject({
      code: "workflow_retired",
    });
    expect(await count("active_triggers", id)).toBe(1);
    await publishWorkflow(builder(), "desk");
    const { id: runId } = await startWorkflow(builder(), { workflow: "desk", input: {}, triggerType: "api" });
    expect(runId).toBeTruthy();
    expect(await listTrash(builder())).toEqual([]);
    const { rows } = await database.pool.query<{ action: string }>(
      "select action from audit_entries where subject_id = $1 order by id",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "workflow.created",
      "workflow.published",
      "workflow.archived",
      "workflow.restored",
      "workflow.published",
    ]);
  });

  it("gives it another slug where the old one is in use again", async () => {
    await createBlank(builder(), { name: "Reused", description: "" });
    const { id } = await trashWorkflow(builder(), "reused");
    await createBlank(builder(), { name: "Reused", description: "" });
    expect(await restoreWorkflow(builder(), id)).toEqual({ slug: "reused-2" });
  });

  it("refuses a workflow with open runs, with words that say what to do", async () => {
    await createWorkflow(builder(), small("busy"));
    await publishWorkflow(builder(), "busy");
    await startWorkflow(builder(), { workflow: "busy", input: {}, triggerType: "api" });
    await expect(trashWorkflow(builder(), "busy")).rejects.toMatchObject({ code: "workflow_has_open_runs" });
  });

  it("lets no old run begin again either, until the workflow is taken out", async () => {
    await createWorkflow(builder(), small("over"));
    await publishWorkflow(builder(), "over");
    const run = await startWorkflow(builder(), { workflow: "over", input: {}, triggerType: "api" });
    await controlRun(builder(), run.id, "cancel");
    const { id } = await trashWorkflow(builder(), "over");
    await expect(controlRun(builder(), run.id, "retry")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("lies in the trash"),
    });
    await restoreWorkflow(builder(), id);
    expect(await controlRun(builder(), run.id, "retry")).toMatchObject({ status: "running" });
  });

  it("belongs to its organization, and to those who may", async () => {
    const { slug } = await createBlank(builder(), { name: "Ours", description: "" });
    const { id } = await trashWorkflow(builder(), slug);
    expect(await listTrash(south.members.owner.actor)).toEqual([]);
    for (const act of [restoreWorkflow, deleteForever])
      await expect(act(south.members.owner.actor, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(restoreWorkflow(north.members.viewer.actor, id)).rejects.toMatchObject({ code: "missing_scope" });
    await expect(deleteForever(north.members.operator.actor, id)).rejects.toMatchObject({ code: "missing_scope" });
    await restoreWorkflow(builder(), id);
    await expect(deleteForever(builder(), id)).rejects.toMatchObject({ code: "not_found" });
    await expect(restoreWorkflow(builder(), id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("one of two who restore at once wins", async () => {
    const { slug } = await createBlank(builder(), { name: "Race", description: "" });
    const { id } = await trashWorkflow(builder(), slug);
    const results = await Promise.allSettled([restoreWorkflow(builder(), id), restoreWorkflow(builder(), id)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("deletes for good with versions, drafts, samples and runs; the audit log stays", async () => {
    await createWorkflow(builder(), small("gone"));
    await publishWorkflow(builder(), "gone");
    const { id: runId } = await startWorkflow(builder(), { workflow: "gone", input: {}, triggerType: "api" });
    await database.pool.query("update runs set status = 'completed', ended_at = now() where id = $1", [runId]);
    const { id } = await trashWorkflow(builder(), "gone");
    expect(await listTrash(builder())).toMatchObject([{ id, executions: 1 }]);
    await database.pool.query("update organizations set minimum_retention_days = 0");
    await deleteForever(north.members.admin.actor, id);
    expect(
      await Promise.all(["runs", "workflow_versions", "active_triggers"].map((table) => count(table, id))),
    ).toEqual([0, 0, 0]);
    const { rows } = await database.pool.query<{ action: string }>(
      "select action from audit_entries where subject_id = $1 order by id desc limit 1",
      [id],
    );
    expect(rows).toEqual([{ action: "workflow.deleted" }]);
  });

  it("is emptied of what lay in it for 30 days, in every organization, and of nothing else", async () => {
    const old = await trashWorkflow(builder(), (await createBlank(builder(), { name: "Old", description: "" })).slug);
    const their = south.members.owner.actor;
    const oldToo = await trashWorkflow(their, (await createBlank(their, { name: "Old", description: "" })).slug);
    const fresh = await trashWorkflow(
      builder(),
      (await createBlank(builder(), { name: "Fresh", description: "" })).slug,
    );
    await database.pool.query(
      "update workflows set archived_at = now() - interval '30 days 1 minute' where id = any($1)",
      [[old.id, oldToo.id]],
    );
    expect(await purgeTrash()).toBe(2);
    expect(await purgeTrash()).toBe(0);
    expect((await listTrash(builder())).map(({ id }) => id)).toEqual([fresh.id]);
    expect(await listTrash(their)).toEqual([]);
  });
});
