import { askingKinds, type UndecidableItem } from "@/core/contracts/undecidable";
import { asObject } from "@/core/json";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { nameRefs } from "@/server/modules/directory/service";
import { masksOfRuns, noMask, readUndecidable, workflowRefs } from "@/server/modules/runs/service";
import { listRunFacts } from "./repository";
import { listUndecidableRows, type UndecidableRow } from "./store";

/** More are not listed: whoever mends the cause mends them all. */
const most = 100;

/** What nobody can decide, newest first: all of it for administrators, for others what belongs to workflows they own. */
export async function listUndecidable(actor: Actor): Promise<UndecidableItem[]> {
  requireScope(actor, "approvals:read");
  const { organizationId } = actor;
  const seesAll = hasScope(actor, "approvals:decide:any");
  if (!seesAll && actor.userId === null) return [];
  const rows = await listUndecidableRows(organizationId, { ownerId: seesAll ? null : actor.userId, limit: most });
  const runIds = [...new Set(rows.map(({ runId }) => runId))];
  const [runs, workflows, names, masks] = await Promise.all([
    listRunFacts(organizationId, runIds),
    workflowRefs(organizationId, [...new Set(rows.map(({ workflowId }) => workflowId))]),
    nameRefs(organizationId, [...new Set(rows.flatMap(({ assignees }) => assignees))]),
    masksOfRuns(organizationId, runIds),
  ]);
  const tests = new Set(runs.filter(({ test }) => test).map(({ id }) => id));
  return rows.flatMap((row) => {
    const undecidable = readUndecidable(row);
    const kind = askingKinds.find((each) => each === row.kind);
    if (undecidable === null || kind === undefined || tests.has(row.runId)) return [];
    const mask = masks.get(row.runId) ?? noMask;
    return [
      {
        ...undecidable,
        id: row.id,
        kind,
        runId: row.runId,
        headline: mask(headlineOf(row)),
        workflow: workflows.get(row.workflowId) ?? { id: row.workflowId, slug: "", name: "A deleted workflow" },
        assignTo: row.assignees.map((ref) => names.get(ref) ?? ref),
      },
    ];
  });
}

/** Approvals, forms and handoffs each call it by another name. */
function headlineOf({ request, nodeId }: UndecidableRow): string {
  const { headline, actionLabel, title } = asObject(request);
  return (
    [headline, actionLabel, title].find((text): text is string => typeof text === "string" && text !== "") ?? nodeId
  );
}
