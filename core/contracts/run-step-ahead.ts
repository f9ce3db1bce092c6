import type { RunStep } from "./run";

/** A step that its run has not reached yet. */
export function runStepAhead({
  nodeId,
  name,
  type,
  detail,
}: Pick<RunStep, "nodeId" | "name" | "type" | "detail">): RunStep {
  return {
    id: null,
    key: nodeId,
    nodeId,
    iteration: "",
    name,
    type,
    status: "pending",
    attempt: 0,
    detail,
    summary: null,
    input: null,
    output: null,
    error: null,
    attempts: [],
    snapshot: false,
    warnings: [],
    cut: [],
    startedAt: null,
    endedAt: null,
    durationMs: null,
    waiting: null,
  };
}
