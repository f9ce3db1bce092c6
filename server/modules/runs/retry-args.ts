import { descendants } from "@/core/engine/descendants";
import { inputFieldsOf } from "@/core/engine/input-reads";
import type { Plan } from "@/core/engine/plan";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { sameJson } from "@/core/spec/json-guard";
import { workApart } from "@/server/apart/work-apart";
import { stepDefinitions } from "@/steps/definitions";
import { loadVersion } from "./load-version";
import type { RunDetailRow } from "./repository";
import { listStepRuns } from "./step-store";

export interface ControlOptions {
  reason?: string;
  /** retry: where to begin again; default the failed step. */
  fromStep?: string;
  /**
   * retry: corrected input values, by field. They replace what started the run: later expressions see them in `input.*` and
   * in `trigger.*`, unlike an approver's edits, which `trigger.*` does not show.
   */
  patch?: JsonObject;
}

/** What a retry supersedes, and the input it goes on with. */
export async function retryArgs(row: RunDetailRow, options: ControlOptions): Promise<JsonObject> {
  const { plan, spec } = await loadVersion(row.organizationId, row.versionId);
  if (options.fromStep !== undefined && !plan.nodes.has(options.fromStep)) {
    throw new AppError("validation_failed", `This workflow version has no step "${options.fromStep}".`, [
      { code: "unknown_step", path: "from_step", message: "Name a step id of the run's version." },
    ]);
  }
  const inputEdits = { ...(row.inputEdits as JsonObject | null), ...options.patch };
  if (options.patch && spec.inputSchema)
    await checkPatched(row.organizationId, spec.inputSchema, { ...(row.input as JsonObject), ...inputEdits });
  if (options.patch) await requireWayKept(row, { plan, patch: options.patch, fromStep: options.fromStep });
  return {
    supersede: options.fromStep === undefined ? [] : [options.fromStep, ...descendants(plan, options.fromStep)],
    ...(options.fromStep === undefined ? {} : { fromStep: options.fromStep }),
    ...(options.patch ? { inputEdits, patch: options.patch } : {}),
  };
}

/**
 * Which way a run went was decided by values, and is not decided again. Where one of those is corrected and the run went past an
 * approval, nobody would be asked about the new value.
 */
async function requireWayKept(
  row: RunDetailRow,
  { plan, patch, fromStep }: { plan: Plan; patch: JsonObject; fromStep: string | undefined },
): Promise<void> {
  const before = { ...(row.input as JsonObject), ...(row.inputEdits as JsonObject | null) };
  const changed = Object.keys(patch).filter((field) => !sameJson(before[field] ?? null, patch[field] ?? null));
  if (changed.length === 0) return;
  const again = new Set(fromStep === undefined ? [] : [fromStep, ...descendants(plan, fromStep)]);
  const rows = await listStepRuns(row.id);
  const granted = new Set(rows.flatMap(({ nodeId, handle }) => (handle === "approved" ? [nodeId] : [])));
  for (const { nodeId, type, status, name } of rows) {
    if (status !== "completed" || again.has(nodeId) || !decidingTypes.has(type)) continue;
    const fields = inputFieldsOf(plan, nodeId, stepDefinitions);
    if (fields !== null && !changed.some((field) => fields.has(field))) continue;
    const missed = [...descendants(plan, nodeId)].some(
      (id) => plan.nodes.get(id)?.type === "approval" && !granted.has(id),
    );
    if (!missed) continue;
    const given = changed.map((field) => `"${field}"`).join(", ");
    throw new AppError(
      "validation_failed",
      `"${name}" decided by ${given} which way this run went, and that way went past an approval. Retry from that step, or start a new run with the right values.`,
      changed.map((field) => ({
        code: "decided_by",
        path: `patch.${field}`,
        message: `"${name}" was decided by it.`,
      })),
    );
  }
}

/** Steps that choose a way by values. */
const decidingTypes: ReadonlySet<string> = new Set(["condition", "decision"]);

/** A corrected input must still be one that the workflow would have started with. */
async function checkPatched(organizationId: string, schema: JsonObject, input: JsonObject): Promise<void> {
  const problems = await workApart(organizationId, "misfits", { schema, input });
  if (problems.length === 0) return;
  const details = problems.map(({ path, message }) => ({
    code: "invalid_input",
    path: path === "" || path.startsWith("[") ? `patch${path}` : `patch.${path}`,
    message,
  }));
  throw new AppError("validation_failed", "The corrected input does not fit this workflow.", details);
}
