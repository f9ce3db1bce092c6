import type { z } from "zod";
import type { RunAttempt, RunCallback, RunListItem, RunStep } from "@/core/contracts/run";
import type { runDetailObjectSchema, runObjectSchema, stepObjectSchema } from "@/core/contracts/run-rest";
import type { RunFacts } from "./read-model";

type RunObject = z.input<typeof runObjectSchema>;
type StepObject = z.input<typeof stepObjectSchema>;

/** The run object of the run family. */
export function runObject(run: RunFacts): RunObject {
  return {
    id: run.id,
    status: run.status,
    template: template(run),
    trigger_type: run.triggerType,
    input: run.input,
    output: run.output,
    error: run.error === null ? null : { code: run.error.code, message: run.error.message, node_id: run.error.nodeId },
    failure_reason: run.failureReason,
    cancel_reason: run.cancelReason,
    message: run.message,
    warnings: run.warnings,
    waiting_on: run.waitingOn,
    hibernated: run.hibernated,
    heartbeat_at: run.heartbeatAt,
    restored_from: run.restoredFrom,
    owner: run.owner,
    requested_by: run.requestedBy,
    test: run.test,
    callback_url: run.callbackUrl,
    created_at: run.createdAt,
    started_at: run.startedAt,
    ended_at: run.endedAt,
  };
}

export function callbackObject(call: RunCallback): z.input<typeof runDetailObjectSchema>["callbacks"][number] {
  return {
    event: call.event,
    status: call.status,
    attempts: call.attempts,
    last_error: call.lastError,
    created_at: call.createdAt,
    delivered_at: call.deliveredAt,
  };
}

export function template(run: RunListItem): RunObject["template"] {
  return { id: run.workflow.id, name: run.workflow.name, version: run.version };
}

export function stepObject(step: RunStep): StepObject {
  return {
    id: step.id,
    node_id: step.nodeId,
    iteration: step.iteration === "" ? null : step.iteration,
    name: step.name,
    type: step.type,
    status: step.status,
    attempt: step.attempt,
    attempts: step.attempts.map(attemptObject),
    input: step.input,
    output: step.output,
    summary: step.summary,
    warnings: step.warnings,
    error: step.error,
    response: step.response ?? null,
    cut: step.cut,
    started_at: step.startedAt,
    ended_at: step.endedAt,
    duration_ms: step.durationMs,
    waiting: step.waiting && {
      id: step.waiting.waitpointId,
      kind: step.waiting.kind,
      for: step.waiting.for,
      due_at: step.waiting.dueAt,
      undecidable: step.waiting.undecidable ?? null,
      callback_url: step.waiting.callbackUrl ?? null,
      form_url: step.waiting.formUrl ?? null,
    },
  };
}

function attemptObject({ n, generation, status, error, startedAt, endedAt, durationMs, interrupted }: RunAttempt) {
  return {
    n,
    generation,
    status,
    error,
    started_at: startedAt,
    ended_at: endedAt,
    duration_ms: durationMs,
    ...(interrupted ? { interrupted } : {}),
  };
}
