import { descendants } from "@/core/engine/descendants";
import { AppError } from "@/core/errors";
import { splitNodeKey } from "@/core/engine/node-keys";
import type { Plan } from "@/core/engine/plan";
import { skipRefusal } from "@/core/engine/skip-refusal";
import type { JsonObject } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import { workApart } from "@/server/apart/work-apart";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import { stepDefinitions } from "@/steps/definitions";
import { goOnArgs } from "./go-on";
import { loadVersion } from "./load-version";
import type { RunDetailRow } from "./repository";
import { requireWayKept } from "./way-kept";

export interface ControlOptions {
  reason?: string;
  /** retry: where to begin again; default the failed step. */
  fromStep?: string;
  /**
   * retry: corrected input values, by field. They replace what started the run: later expressions see them in `input.*` and
   * in `trigger.*`, unlike an approver's edits, which `trigger.*` does not show.
   */
  patch?: JsonObject;
  /** retry: the failed step that is let be, by its key. It goes on as if its author had written `onError: continue`; give a `reason`. */
  skip?: string;
  /** retry: the version that is live, with which the run goes on instead of its own. */
  version?: number;
  /** retry: the place in a round of runs that failed alike (prisma/functions/24-repair-rounds.sql). */
  round?: { id: string; position: number };
}

/** What a retry supersedes, and the input it goes on with. */
export async function retryArgs(
  { organizationId }: Pick<Actor, "organizationId">,
  row: RunDetailRow,
  options: ControlOptions,
): Promise<JsonObject> {
  if (options.version !== undefined && options.version !== row.version)
    return withVersion(organizationId, row, options, options.version);
  const { plan, spec } = await loadVersion(row.organizationId, row.versionId);
  if (options.fromStep !== undefined && !plan.nodes.has(options.fromStep)) {
    throw new AppError("validation_failed", `This workflow version has no step "${options.fromStep}".`, [
      { code: "unknown_step", path: "from_step", message: "Name a step id of the run's version." },
    ]);
  }
  const inputEdits = { ...(row.inputEdits as JsonObject | null), ...options.patch };
  if (options.patch && spec.inputSchema) {
    const input = row.input as JsonObject;
    await refuseStrange(row.organizationId, spec, { patch: options.patch, before: input });
    await checkPatched(row.organizationId, spec.inputSchema, { ...input, ...inputEdits });
  }
  const again = options.fromStep === undefined ? [] : [options.fromStep, ...descendants(plan, options.fromStep)];
  if (options.patch) {
    const before = { ...(row.input as JsonObject), ...(row.inputEdits as JsonObject | null) };
    await requireWayKept(
      row.id,
      { plan, before, values: options.patch, again: new Set(again), from: options.fromStep ?? null },
      {
        path: "patch",
        advice: "Retry from that step, or start a new run with the right values.",
      },
    );
  }
  return {
    ...(options.round === undefined ? {} : { round: { ...options.round } }),
    ...(options.skip === undefined ? {} : { skip: skipped(plan, options.skip) }),
    supersede: again,
    ...(options.fromStep === undefined ? {} : { fromStep: options.fromStep }),
    ...(options.patch ? { inputEdits, patch: options.patch } : {}),
  };
}

async function withVersion(
  organizationId: OrganizationId,
  row: RunDetailRow,
  options: ControlOptions,
  version: number,
): Promise<JsonObject> {
  if (options.patch ?? options.fromStep ?? options.skip)
    throw new AppError(
      "validation_failed",
      "A run goes on with another version from the step that failed, as it was started. Correct it, or choose a step, in a retry of its own.",
      [{ code: "invalid_input", path: "version", message: "Give `version` without `from_step` and `patch`." }],
    );
  return {
    ...(options.round === undefined ? {} : { round: { ...options.round } }),
    supersede: [],
    ...(await goOnArgs(organizationId, row, version)),
  };
}

function skipped(plan: Plan, key: string): JsonObject {
  const { nodeId, iteration } = splitNodeKey(key);
  const refusal = skipRefusal(plan, nodeId, stepDefinitions);
  const node = plan.nodes.get(nodeId);
  if (refusal !== null || !node)
    throw new AppError("conflict", `${refusal ?? ""} Try it again, or leave the run as it is.`.trim());
  return { key, nodeId, name: node.name, handle: node.defaultHandle, ...(iteration === "" ? {} : { iteration }) };
}

/** A field that nobody reads corrects nothing: the call that failed would go out again as it was. */
async function refuseStrange(
  organizationId: string,
  { inputSchema, nodes }: Pick<Spec, "inputSchema" | "nodes">,
  { patch, before }: { patch: JsonObject; before: JsonObject },
): Promise<void> {
  const schema = inputSchema ?? {};
  const strange = await workApart(organizationId, "strangeFields", { schema, input: patch, before });
  if (strange.length === 0) return;
  // An open schema may leave out what a step reads all the same: its name stands somewhere then.
  const words = new Set(JSON.stringify(nodes).split(/\W+/));
  const isRead = (path: string): boolean => path.split(/\W+/).every((word) => words.has(word));
  const details = strange
    .filter(({ path }) => !isRead(path))
    .map(({ path, message }) => ({ code: "unknown_field", path: `patch.${path}`, message }));
  const [first] = details;
  if (first !== undefined)
    throw new AppError("validation_failed", `The correction does not fit this workflow: ${first.message}`, details);
}

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
