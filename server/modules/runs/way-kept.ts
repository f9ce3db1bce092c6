import { inputFieldsOf } from "@/core/engine/input-reads";
import { splitNodeKey } from "@/core/engine/node-keys";
import type { Plan, PlanNode } from "@/core/engine/plan";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";
import { stepDefinition, stepDefinitions } from "@/steps/definitions";
import { loadVersion } from "./load-version";
import { listStepRuns, type StepRow } from "./step-store";
import { onward, surelyComesTo } from "./ways-on";

interface Correction {
  plan: Plan;
  /** The input that counted until now. */
  before: JsonObject;
  /** By field, what it is to be. */
  values: JsonObject;
  /** Steps that are done again, or not done yet: these choose by the new values. */
  again: ReadonlySet<string>;
  /** The step that the run goes on from; null where it goes on wherever it stopped. */
  from: string | null;
  /** The approval that is being given at this moment. */
  asked?: { nodeId: string; iteration: string };
}

/**
 * Which way a run went was decided by values, and is not decided again. Where one of those is corrected and the run went past an
 * approval, nobody would be asked about the new value.
 */
export async function requireWayKept(
  runId: string,
  correction: Correction,
  words: { path: string; advice: string },
): Promise<void> {
  const { before, values } = correction;
  const changed = Object.keys(values).filter((field) => !sameJson(before[field] ?? null, values[field] ?? null));
  if (changed.length === 0) return;
  const rows = await listStepRuns(runId);
  for (const row of rows) {
    if (!choicesOf(correction, row, rows).some((choice) => wentPast(choice, changed))) continue;
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

/** The same for what somebody changes while approving. Approvals that are surely still to come are missed by nobody. */
export async function requireWayKeptByEdits(
  run: { id: string; organizationId: string; versionId: string },
  approvalKey: string,
  { before, values }: { before: JsonObject; values: JsonObject },
): Promise<void> {
  if (Object.keys(values).length === 0) return;
  const { plan } = await loadVersion(run.organizationId, run.versionId);
  const asked = splitNodeKey(approvalKey);
  await requireWayKept(
    run.id,
    // Nothing is done again: what was decided in other passes of a loop, and the loop itself, stay as they are.
    { plan, before, values, again: new Set(), from: asked.nodeId, asked },
    { path: "edits", advice: "Reject it, and ask again with the right values." },
  );
}

/** What a step decided once: the fields of the input that it may have decided by, and the approvals of the ways not taken. */
interface Choice {
  fields(): ReadonlySet<string> | null;
  missed(): boolean;
}

function wentPast({ fields, missed }: Choice, changed: readonly string[]): boolean {
  const read = fields();
  return (read === null || changed.some((field) => read.has(field))) && missed();
}

function choicesOf(correction: Correction, row: StepRow, rows: readonly StepRow[]): Choice[] {
  const { plan, again } = correction;
  const node = plan.nodes.get(row.nodeId);
  if (!node || node.disabled || again.has(row.nodeId)) return [];
  const choices: Choice[] = [];
  if (isPassed(row) && !isGranted(row)) {
    // A check that went well leaves its error way out, a timer that ran the one for lack of time.
    choices.push({
      fields: () => inputFieldsOf(plan, node.id, stepDefinitions, { withBody: true }),
      missed: () =>
        unaskedOn(plan, node, row).some((approval) => !willBeAsked(approval, row.iteration, correction, rows)),
    });
  }
  if (plan.scopes.has(node.id) && !isPassed(row) && innerRows(row, plan, rows).length > 0) {
    // Under way, and nothing of it has failed so far: what went well inside of it kept it from the way for its failing.
    choices.push({
      fields: () => inputFieldsOf(plan, node.id, stepDefinitions, { withBody: true }),
      missed: () =>
        unaskedOn(plan, node, row).some((approval) => !willBeAsked(approval, row.iteration, correction, rows)),
    });
  }
  if (plan.scopes.has(node.id) && (isPassed(row) || hasBegun(row, plan, rows))) {
    // For what it does not go through nobody is asked inside of it, whoever was asked for the rest.
    choices.push({
      fields: () => inputFieldsOf(plan, node.id, stepDefinitions),
      missed: () => approvalsAmong(plan, onward(plan, plan.scopes.get(node.id)?.nodeIds ?? [])).length > 0,
    });
  }
  return choices;
}

function isPassed({ status, handle }: StepRow): boolean {
  return status === "completed" || (status === "failed" && handle !== null);
}

/** Whether items of the loop were begun: which they are is decided then. How often it repeats is decided at its end. */
function hasBegun(row: StepRow, plan: Plan, rows: readonly StepRow[]): boolean {
  const config = plan.nodes.get(row.nodeId)?.config;
  if (typeof config === "object" && config !== null && "until" in config && config.until !== undefined) return false;
  return innerRows(row, plan, rows).length > 0;
}

/** What was begun inside of a loop, in this pass of whatever is around it. */
function innerRows({ nodeId, iteration }: StepRow, plan: Plan, rows: readonly StepRow[]): StepRow[] {
  return rows.filter(
    (row) =>
      plan.nodes.get(row.nodeId)?.scopeId === nodeId &&
      isAround(iteration, row.iteration) &&
      row.iteration !== iteration,
  );
}

/** The approvals of the ways that a step did not take; its own question too, where it went on without a yes. */
function unaskedOn(plan: Plan, node: PlanNode, { handle }: StepRow): string[] {
  const taken = handle ?? node.defaultHandle;
  const others = [...node.outgoing].flatMap(([way, targets]) => (way === taken ? [] : targets));
  const own = stepDefinition(node.type)?.decides !== undefined && node.outgoing.has(taken) ? [node.id] : [];
  return [...own, ...approvalsAmong(plan, onward(plan, others))];
}

function approvalsAmong(plan: Plan, ids: ReadonlySet<string>): string[] {
  return [...ids].filter((id) => {
    const node = plan.nodes.get(id);
    return node !== undefined && stepDefinition(node.type)?.decides !== undefined && !node.disabled;
  });
}

/** An approval binds the values that it was given for, and is asked again when they change. */
function isGranted({ type, handle }: StepRow): boolean {
  return handle !== null && handle === stepDefinition(type)?.decides?.yes;
}

/** Whether somebody said yes in the same pass and that stands, is saying it now, or is asked however the run goes on. */
function willBeAsked(
  approval: string,
  iteration: string,
  { plan, again, asked, from }: Correction,
  rows: readonly StepRow[],
): boolean {
  if (asked?.nodeId === approval && isAround(asked.iteration, iteration)) return true;
  const stands = rows.some(
    (row) => row.nodeId === approval && isGranted(row) && !again.has(approval) && isAround(row.iteration, iteration),
  );
  return (
    stands ||
    (from !== null && from !== approval && surelyComesTo(plan, from, approval)) ||
    (from === approval && again.has(approval))
  );
}

/** Whether one pass is the other, or the one around it. */
function isAround(outer: string, inner: string): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}.`);
}
