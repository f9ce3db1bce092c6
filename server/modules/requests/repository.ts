import type { Json } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import { createWeighedCache } from "@/server/weighed-cache";

export const requestRunColumns = {
  id: true,
  conversationId: true,
  workflowId: true,
  versionId: true,
  status: true,
  failureReason: true,
  cancelReason: true,
  subject: true,
  ownerId: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} as const;
export type RequestRun = Prisma.RunGetPayload<{ select: typeof requestRunColumns }>;

const formColumns = {
  id: true,
  runId: true,
  nodeId: true,
  request: true,
  status: true,
  outcome: true,
  resolution: true,
  resolvedVia: true,
  createdAt: true,
  resolvedAt: true,
} as const;

/** The forms of these runs that whoever asked for them is to fill in, newest first; `past`: those that take no answer any more. */
export function listForms(organizationId: OrganizationId, runIds: readonly string[], limit: number, past = false) {
  const status = past ? { status: { not: "open" } } : {};
  return prisma().waitpoint.findMany({
    where: { organizationId, kind: "form", assignees: { isEmpty: true }, runId: { in: [...runIds] }, ...status },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: formColumns,
  });
}
export type FormRow = Prisma.WaitpointGetPayload<{ select: typeof formColumns }>;

/** For an address that was made for this run, and is checked before. */
export function findTrackedRun(id: string) {
  return prisma().run.findUnique({ where: { id }, select: { ...requestRunColumns, organizationId: true } });
}

export function findRequestRun(organizationId: OrganizationId, id: string): Promise<RequestRun | null> {
  return prisma().run.findFirst({ where: { organizationId, id }, select: requestRunColumns });
}

/** Those of these runs that the member began, in the order given. */
export async function findAskedRuns(
  organizationId: OrganizationId,
  initiatedBy: string,
  ids: readonly string[],
): Promise<RequestRun[]> {
  const runs = await prisma().run.findMany({
    where: { organizationId, initiatedBy, test: false, id: { in: [...ids] } },
    select: requestRunColumns,
  });
  return ids.flatMap((id) => runs.find((run) => run.id === id) ?? []);
}

/** What a run was started with, and the questions that were answered by it. */
export async function findGivenInput(
  organizationId: OrganizationId,
  id: string,
): Promise<{ input: Json; versionId: string } | null> {
  const run = await prisma().run.findFirst({ where: { organizationId, id }, select: { input: true, versionId: true } });
  // A jsonb column holds JSON values only.
  return run && { input: run.input as Json, versionId: run.versionId };
}

/** Decided approvals of these runs, oldest first: what was said to whoever asked. */
export function listDecided(organizationId: OrganizationId, runIds: readonly string[]) {
  return prisma().waitpoint.findMany({
    where: { organizationId, kind: "approval", status: "resolved", runId: { in: [...runIds] } },
    orderBy: [{ resolvedAt: "asc" }, { id: "asc" }],
    select: { runId: true, nodeId: true, outcome: true, resolution: true, resolvedByName: true, resolvedAt: true },
  });
}

const waitpointColumns = {
  id: true,
  runId: true,
  nodeId: true,
  kind: true,
  assignees: true,
  request: true,
  questionFor: true,
  createdAt: true,
} as const;

/** With what the progress of runs is told from. */
export async function requestFacts(organizationId: OrganizationId, runs: readonly RequestRun[]) {
  const runIds = runs.map(({ id }) => id);
  const [workflows, versions, steps, waitpoints] = await Promise.all([
    prisma().workflow.findMany({
      where: { organizationId, id: { in: runs.map(({ workflowId }) => workflowId) } },
      select: { id: true, name: true },
    }),
    versionSpecs(
      organizationId,
      runs.map(({ versionId }) => versionId),
    ),
    prisma().stepRun.findMany({
      where: { runId: { in: runIds }, superseded: false, iteration: "" },
      orderBy: { seq: "asc" },
      select: { runId: true, nodeId: true, type: true, status: true, handle: true },
    }),
    prisma().waitpoint.findMany({
      where: { organizationId, runId: { in: runIds }, status: "open" },
      orderBy: { createdAt: "asc" },
      select: waitpointColumns,
    }),
  ]);
  return runs.map((run) => ({
    run,
    title: workflows.find(({ id }) => id === run.workflowId)?.name ?? "Your request",
    spec: versions.get(run.versionId) ?? null,
    steps: steps.filter(({ runId }) => runId === run.id),
    waitpoints: waitpoints.filter(({ runId }) => runId === run.id),
  }));
}

/** Versions never change: those that people looked at last need not be read again. By the length of their specs. */
const knownSpecs = createWeighedCache<Json | null>(16 * 1024 * 1024, (spec) => JSON.stringify(spec).length);

async function versionSpecs(organizationId: OrganizationId, ids: readonly string[]): Promise<Map<string, Json>> {
  const specs = await Promise.all(
    [...new Set(ids)].map(async (id) => ({
      id,
      spec: await knownSpecs.get(`${organizationId}/${id}`, async () => {
        const row = await prisma().workflowVersion.findFirst({ where: { organizationId, id }, select: { spec: true } });
        // A jsonb column holds JSON values only.
        return (row?.spec ?? null) as Json;
      }),
    })),
  );
  return new Map(specs.map(({ id, spec }) => [id, spec]));
}

export type RequestFacts = Awaited<ReturnType<typeof requestFacts>>[number];
