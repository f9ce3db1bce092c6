import { testSettingsSchema, type TestSettings } from "@/core/contracts/test-run";
import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const parts = { spec: true, triggers: true, config: true } as const;

/** The draft somebody is editing; null when the newest version is what the builder shows. */
export function findDraft(organizationId: OrganizationId, workflowId: string) {
  return prisma().workflowDraft.findFirst({
    where: { organizationId, workflowId },
    select: { ...parts, createdAt: true },
  });
}

export function listSamples(organizationId: OrganizationId, workflowId: string) {
  return prisma().testSample.findMany({
    where: { organizationId, workflowId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, name: true, input: true },
  });
}

/** A sample of that name is replaced. Gives its id. */
export async function putSample(
  tx: Transaction,
  sample: {
    organizationId: OrganizationId;
    workflowId: string;
    name: string;
    input: JsonObject;
    createdById: string;
  },
): Promise<string> {
  const { workflowId, name, input } = sample;
  const row = await tx.testSample.upsert({
    where: { workflowId_name: { workflowId, name } },
    create: { id: newId(), ...sample },
    update: { input },
    select: { id: true },
  });
  return row.id;
}

/** Its name; null when there was none. */
export async function removeSample(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  id: string,
): Promise<string | null> {
  const where = { organizationId, workflowId, id };
  const found = await tx.testSample.findFirst({ where, select: { name: true } });
  await tx.testSample.deleteMany({ where });
  return found?.name ?? null;
}

export function listPins(organizationId: OrganizationId, workflowId: string) {
  return prisma().testPin.findMany({
    where: { organizationId, workflowId },
    orderBy: { createdAt: "asc" },
    select: { nodeId: true, handle: true, output: true, createdById: true },
  });
}

export async function putPin(
  tx: Transaction,
  pin: {
    organizationId: OrganizationId;
    workflowId: string;
    nodeId: string;
    handle: string;
    output: Json;
    createdById: string;
  },
): Promise<void> {
  // By hand, because a step may well have given null, which Prisma takes for no value at all.
  await tx.$executeRaw`
    insert into test_pins (organization_id, workflow_id, node_id, handle, output, created_by_id)
    values (${pin.organizationId}::uuid, ${pin.workflowId}::uuid, ${pin.nodeId}, ${pin.handle}, ${JSON.stringify(pin.output)}::jsonb,
      ${pin.createdById}::uuid)
    on conflict (workflow_id, node_id) do update set handle = excluded.handle, output = excluded.output,
      created_by_id = excluded.created_by_id`;
}

/** False when the step was not pinned. */
export async function removePin(
  tx: Transaction,
  organizationId: OrganizationId,
  workflowId: string,
  nodeId: string,
): Promise<boolean> {
  const { count } = await tx.testPin.deleteMany({ where: { organizationId, workflowId, nodeId } });
  return count > 0;
}

export function listRecentRuns(
  organizationId: OrganizationId,
  workflowId: string,
  filter: { ownerId: string | null; limit: number },
) {
  return prisma().run.findMany({
    where: { organizationId, workflowId, ...(filter.ownerId === null ? {} : { ownerId: filter.ownerId }) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: filter.limit,
    select: { id: true, status: true, test: true, createdAt: true, input: true },
  });
}

/** Ways out that tests have taken since. */
export function listTakenHandles(
  organizationId: OrganizationId,
  workflowId: string,
  since: Date,
): Promise<{ nodeId: string; handle: string }[]> {
  return prisma().$queryRaw`
    select distinct s.node_id as "nodeId", s.handle
    from runs r join step_runs s on s.run_id = r.id
    where r.organization_id = ${organizationId}::uuid and r.workflow_id = ${workflowId}::uuid and r.created_at >= ${since}
      and r.test and s.handle is not null and not s.superseded`;
}

export interface FrozenParts {
  spec: JsonObject;
  triggers: Json[];
  config: JsonObject;
  testSettings: TestSettings;
}

/** Holds the workflow until the transaction ends, so that frozen drafts get their numbers one after another. */
export async function lockWorkflow(tx: Transaction, organizationId: OrganizationId, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from workflows where id = ${id}::uuid and organization_id = ${organizationId}::uuid for update`;
  return rows.length === 1;
}

/** The draft that was frozen last; null before the first test. */
export function findNewestFrozen(tx: Transaction, organizationId: OrganizationId, workflowId: string) {
  return tx.workflowVersion.findFirst({
    where: { organizationId, workflowId, number: { lt: 0 } },
    orderBy: { number: "asc" },
    select: { id: true, number: true, ...parts, testSettings: true },
  });
}

/** Whether tests of this frozen draft may call connections that are marked live. */
export async function mayCallLive(versionId: string): Promise<boolean> {
  const row = await prisma().workflowVersion.findUnique({ where: { id: versionId }, select: { testSettings: true } });
  return row !== null && row.testSettings !== null && testSettingsSchema.parse(row.testSettings).liveAllowed;
}

export async function insertFrozen(
  tx: Transaction,
  row: FrozenParts & { organizationId: OrganizationId; workflowId: string; number: number; createdById: string },
): Promise<string> {
  const { testSettings, ...fields } = row;
  const id = newId();
  await tx.workflowVersion.create({
    // Parsed from JSON and so JSON; the type only names its fields.
    data: { id, ...fields, note: "Frozen for a test", testSettings: testSettings },
    select: { id: true },
  });
  return id;
}
