import { afterAll, beforeAll, expect, it } from "vitest";
import { AppError } from "@/core/errors";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { prisma } from "@/server/db/client";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { UserActor } from "@/server/db/tenant";
import { deleteRuns } from "@/server/modules/library/repository";
import { deleteForever, listTrash, purgeTrash, trashWorkflow } from "@/server/modules/library/service";
import { deleteExpired } from "@/server/modules/retention/service";
import { setOperational } from "@/server/modules/triggers/service";
import { startWorkflow } from "@/server/modules/runs/service";
import { createWorkflow, publishWorkflow } from "@/server/modules/workflows/service";
import { small } from "@/server/modules/workflows/workflows.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

const as = (role: "admin" | "builder", method: string, path: string, body?: object) =>
  rest(north.members[role].apiKey, method, path, body);

/** A workflow in the trash whose one run ended some days ago. */
async function trashed(slug: string, daysAgo: number): Promise<{ id: string; runId: string }> {
  const builder = north.members.builder.actor;
  await createWorkflow(builder, small(slug));
  await publishWorkflow(builder, slug);
  const { id: runId } = await startWorkflow(builder, { workflow: slug, input: {}, triggerType: "api" });
  await ended(runId, daysAgo);
  return { id: (await trashWorkflow(builder, slug)).id, runId };
}
const ended = (runId: string, daysAgo: number) =>
  database.pool.query(
    `update runs set status = 'completed', created_at = now() - make_interval(days => $2), ended_at = now() - make_interval(days => $2) where id = $1`,
    [runId, daysAgo],
  );
const isThere = async (runId: string) =>
  (await database.pool.query("select 1 from runs where id = $1", [runId])).rowCount === 1;

it("M9 runs are deleted by owners and admins only, and not before the organization's minimum", async () => {
  const { id, runId } = await trashed("evidence", 29);
  await expect(deleteForever(north.members.builder.actor, id)).rejects.toMatchObject({ code: "missing_scope" });
  await expect(deleteForever(north.members.admin.actor, id)).rejects.toMatchObject({ code: "conflict" });
  await database.pool.query("update workflows set archived_at = now() - interval '31 days' where id = $1", [id]);
  expect(await purgeTrash()).toBe(0);
  expect(await isThere(runId)).toBe(true);
  await ended(runId, 31);
  await deleteForever(north.members.admin.actor, id);
  expect(await isThere(runId)).toBe(false);
});

it.each(["organization", "workflow", "run"] as const)(
  "M9 nothing is deleted while a legal hold of the %s lasts, by people, by the trash or by retention",
  async (subject) => {
    const { id, runId } = await trashed(`held-${subject}`, 400);
    await database.pool.query(
      "update workflows set archived_at = now() - interval '31 days', retention_days = 1 where id = $1",
      [id],
    );
    const subjectId = { organization: north.id, workflow: id, run: runId }[subject];
    // What lies in the trash is not found by name any more; a hold may be older than that.
    await database.pool.query(
      "insert into legal_holds (id, organization_id, subject_type, subject_id, reason, placed_by) values (gen_random_uuid(), $1, $2, $3, 'court', $1)",
      [north.id, subject, subjectId],
    );
    await expect(deleteForever(north.members.owner.actor, id)).rejects.toMatchObject({ code: "conflict" });
    expect(await purgeTrash()).toBe(0);
    expect((await deleteExpired()).runs).toBe(0);
    expect(await isThere(runId)).toBe(true);
    const { json } = await as("admin", "GET", "/api/v1/legal-holds");
    const hold = json.legal_holds.find((each: { subject_id: string }) => each.subject_id === subjectId);
    expect((await rest(south.members.owner.apiKey, "POST", `/api/v1/legal-holds/${hold.id}/lift`)).status).toBe(404);
    expect((await as("admin", "POST", `/api/v1/legal-holds/${hold.id}/lift`)).status).toBe(200);
    expect((await deleteExpired()).runs).toBe(1);
    expect(await isThere(runId)).toBe(false);
    expect(await purgeTrash()).toBe(1);
  },
);

it("M9 holds and the minimum are admins' acts, in the audit log", async () => {
  await createWorkflow(north.members.builder.actor, small("kept"));
  const hold = { subject: "workflow", id: "kept", reason: "A complaint" };
  expect((await as("builder", "POST", "/api/v1/legal-holds", hold)).status).toBe(403);
  expect(await as("admin", "POST", "/api/v1/legal-holds", hold)).toMatchObject({
    status: 201,
    json: { reason: "A complaint" },
  });
  expect((await as("admin", "POST", "/api/v1/legal-holds", { subject: "run", reason: "x" })).status).toBe(422);
  expect((await as("builder", "PUT", "/api/v1/retention", { minimum_retention_days: 0 })).status).toBe(403);
  expect((await as("admin", "PUT", "/api/v1/retention", { minimum_retention_days: 90 })).status).toBe(200);
  expect((await as("admin", "GET", "/api/v1/retention")).json).toEqual({ minimum_retention_days: 90 });
  const { rows } = await database.pool.query<{ action: string; data: object }>(
    "select action, data from audit_entries where action like 'legal_hold.placed' or action like 'organization.%' order by id",
  );
  expect(rows).toMatchObject([
    { action: "legal_hold.placed", data: { reason: "A complaint" } },
    { action: "organization.minimum_retention_changed", data: { before: 30, after: 90 } },
  ]);
});

it("M9 what is thrown away with runs stays in the trash: who may not delete runs does not get rid of them by waiting", async () => {
  const { id, runId } = await trashed("waited", 400);
  await database.pool.query("update workflows set archived_at = now() - interval '31 days' where id = $1", [id]);
  expect(await purgeTrash()).toBe(0);
  expect(await isThere(runId)).toBe(true);
  expect((await listTrash(north.members.builder.actor)).find((each) => each.id === id)).toMatchObject({
    daysLeft: null,
    executions: 1,
  });
  const hold = { subject: "workflow", id, reason: "A complaint" };
  const placed = await as("admin", "POST", "/api/v1/legal-holds", hold);
  expect(placed).toMatchObject({ status: 201, json: { subject_id: id } });
  await expect(deleteForever(north.members.owner.actor, id)).rejects.toMatchObject({ code: "conflict" });
  await as("admin", "POST", `/api/v1/legal-holds/${placed.json.id}/lift`);
  await deleteForever(north.members.admin.actor, id);
  expect(await isThere(runId)).toBe(false);
});

it("M9 each write that deletes runs looks again whether they may go", async () => {
  const { id, runId } = await trashed("meanwhile", 400);
  const deleted = () => prisma().$transaction((tx) => deleteRuns(tx, id, new Date(), 10));
  await as("admin", "POST", "/api/v1/legal-holds", { subject: "run", id: runId, reason: "A complaint" });
  expect([await deleted(), await isThere(runId)]).toEqual([0, true]);
  await database.pool.query("update legal_holds set lifted_at = now() where subject_id = $1", [runId]);
  await database.pool.query("update runs set ended_at = null where id = $1", [runId]);
  expect([await deleted(), await isThere(runId)]).toEqual([0, true]);
  await ended(runId, 400);
  expect([await deleted(), await isThere(runId)]).toEqual([1, false]);
});

it("M9 a workflow's runs are kept for a shorter time only by the word of who may delete them", async () => {
  const { builder, admin } = north.members;
  await createWorkflow(builder.actor, small("shortened"));
  const keep = (actor: UserActor, retentionDays: number | null) =>
    setOperational(actor, "shortened", { retentionDays }).then(
      (after) => after.retentionDays,
      (error: unknown) => (error instanceof AppError ? error.code : error),
    );
  expect(await keep(builder.actor, 1)).toBe("missing_scope");
  expect(await keep(admin.actor, 60)).toBe(60);
  expect(await keep(builder.actor, 59)).toBe("missing_scope");
  expect(await keep(builder.actor, 90)).toBe(90);
  expect(await keep(builder.actor, null)).toBe(null);
});
