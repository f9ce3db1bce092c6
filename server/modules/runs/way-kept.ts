import { descendants } from "@/core/engine/descendants";
import { inputFieldsOf } from "@/core/engine/input-reads";
import type { Plan } from "@/core/engine/plan";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";
import { stepDefinitions } from "@/steps/definitions";
import { loadVersion } from "./load-version";
import { listStepRuns, type StepRow } from "./step-store";

interface Correction {
  plan: Plan;
  /** The input that counted until now. */
  before: JsonObject;
  /** By field, what it is to be. */
  values: JsonObject;
  /** Steps that are done again, or not done yet: these choose by the new values. */
  again: ReadonlySet<string>;
  /** Approvals that need not be missed: what is asked at this moment. */
  asked?: ReadonlySet<string>;
}

/**
 * Which way a run went was decided by values, and is not decided again. Where one of those is corrected and the run went past an
 * approval, nobody would be asked about the new value.
 */
export async function requireWayKept(
  runId: string,
  { plan, before, values, again, asked = new Set() }: Correction,
  words: { path: string; advice: string },
): Promise<void> {
  const changed = Object.keys(values).filter((field) => !sameJson(before[field] ?? null, values[field] ?? null));
  if (changed.length === 0) return;
  const rows = await listStepRuns(runId);
  const granted = new Set([...asked, ...rows.flatMap(({ nodeId, handle }) => (handle === "approved" ? [nodeId] : []))]);
  for (const row of rows) {
    if (again.has(row.nodeId) || !hasChosen(plan, row)) continue;
    const fields = inputFieldsOf(plan, row.nodeId, stepDefinitions);
    if (fields !== null && !changed.some((field) => fields.has(field))) continue;
    const missed = [...descendants(plan, row.nodeId)].some(
      (id) => plan.nodes.get(id)?.type === "approval" && !granted.has(id),
    );
    if (!missed) continue;
    const given = changed.map((field) => `"${field}"`).join(", ");
    throw new AppError(
      "validation_failed",
      `"${row.name}" decided by ${given} which way this run went, and that way went past an approval. ${words.advice}`,
      changed.map((field) => ({
        code: "decided_by",
        path: `${words.path}.${field}`,
        message: `"${row.name}" was decided by it.`,
      })),
    );
  }
}

/** The same for what somebody changes while approving. Approvals that are still to come are missed by nobody. */
export async function requireWayKeptByEdits(
  run: { id: string; organizationId: string; versionId: string },
  approvalId: string,
  { before, values }: { before: JsonObject; values: JsonObject },
): Promise<void> {
  if (Object.keys(values).length === 0) return;
  const { plan } = await loadVersion(run.organizationId, run.versionId);
  const after = descendants(plan, approvalId);
  await requireWayKept(
    run.id,
    { plan, before, values, again: after, asked: new Set([approvalId, ...after]) },
    { path: "edits", advice: "Reject it, and ask again with the right values." },
  );
}

/** Steps that choose a way by values: what decides, and a call that may go another way when it fails. */
function hasChosen(plan: Plan, { nodeId, type, status, handle }: StepRow): boolean {
  if (status !== "completed" && (status !== "failed" || handle === null)) return false;
  if (decidingTypes.has(type)) return true;
  const node = plan.nodes.get(nodeId);
  return node?.kind === "effect" && node.outgoing.size > 1;
}

const decidingTypes: ReadonlySet<string> = new Set(["condition", "decision"]);
