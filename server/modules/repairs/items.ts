import type { RepairItem } from "@/core/contracts/repair";
import { hasScope, type Actor } from "@/server/db/tenant";
import { nameRefs } from "@/server/modules/directory/service";
import { masksOfRuns, noMask, workflowRefs } from "@/server/modules/runs/service";
import type { RepairRow } from "./store";

/** Failed runs as their reader sees them. What a step of the run calls sensitive is hidden, as on the run's page. */
export async function toRepairItems(actor: Actor, rows: readonly RepairRow[]): Promise<RepairItem[]> {
  if (rows.length === 0) return [];
  const { organizationId } = actor;
  const [workflows, names, masks] = await Promise.all([
    workflowRefs(organizationId, [...new Set(rows.map(({ workflowId }) => workflowId))]),
    nameRefs(organizationId, [...new Set(rows.flatMap(({ assignees }) => assignees))]),
    masksOfRuns(
      organizationId,
      rows.map(({ runId }) => runId),
    ),
  ]);
  const mayAct = hasScope(actor, "runs:control");
  return rows.map((row) => {
    const mask = masks.get(row.runId) ?? noMask;
    const open = row.status === "open";
    return {
      kind: "failed",
      id: row.runId,
      runId: row.runId,
      nodeId: row.nodeId,
      status: row.status,
      headline: headlineOf(row),
      detail: mask(row.errorMessage),
      assignTo: row.assignees.map((ref) => names.get(ref) ?? ref),
      createdAt: row.failedAt.toISOString(),
      dueAt: null,
      requestedBy: mask(row.requestedBy),
      workflow: {
        id: row.workflowId,
        slug: workflows.get(row.workflowId)?.slug ?? "",
        name: workflows.get(row.workflowId)?.name ?? "A deleted workflow",
        version: row.version,
      },
      alike: row.alike,
      settled:
        open || row.settledHow === null || row.settledAt === null
          ? null
          : {
              how: row.settledHow,
              by: row.settledByName ?? "Somebody",
              at: row.settledAt.toISOString(),
              reason: row.reason,
            },
      canAnswer: open && mayAct,
      cannotAnswerReason:
        open && !mayAct ? "Your role may look, not retry runs. An operator, a builder or an administrator can." : null,
    };
  });
}

function headlineOf({ stepName }: RepairRow): string {
  return stepName === null ? "The run stopped" : `“${stepName}” failed`;
}
