import { outerIteration, nodeKey } from "./node-keys";
import type { Plan, PlanNode } from "./plan";
import type { NodeKey, RunState, StepRecord } from "./protocol";
import { restoreState } from "./restore";
import { sameBehind, sameBuild, sameStep, type Versions } from "./same-step";

/** What becomes of a run's record when the run goes on with another version of its workflow. */
export interface CarryOver {
  /** Why it may not, by step; none: it may. */
  refused: { nodeId: string; why: CarryRefusal }[];
  /** Rows that do not count any more. */
  dropped: NodeKey[];
  /** Steps that somebody or something had answered, and that wait once more. */
  askedAgain: string[];
}

/**
 * `other_kind`: a step that is done is of another type, or stands in another loop. `begun_otherwise`: a loop that has begun is built in
 * another way. `would_repeat`: a call that is made would be made once more, because what leads to it changed.
 */
export type CarryRefusal = "other_kind" | "begun_otherwise" | "would_repeat";

/**
 * What is done stays done: no call is made a second time. What only computes is computed anew where it was changed. An approval stays
 * while nothing behind it was changed, and is asked again otherwise: it was given for what it allowed. `records`: those that a retry
 * leaves in the fold. `isApproval`: by the type of a step.
 */
export function carryOver(
  versions: Versions,
  records: readonly StepRecord[],
  isApproval: (type: string) => boolean,
): CarryOver {
  const { from, to } = versions;
  const settled = records.filter(isSettled);
  const refused = new Map<string, CarryRefusal>();
  const dropped = new Set<NodeKey>();
  const begun = begunContainers(from, settled);
  for (const record of settled) {
    const [before, now] = [from.nodes.get(record.nodeId), to.nodes.get(record.nodeId)];
    if (before === undefined || now === undefined) dropped.add(record.key);
    else if (before.type !== now.type || before.scopeId !== now.scopeId) refused.set(record.nodeId, "other_kind");
    else if (!isOutdated(versions, now, isApproval)) continue;
    else if (begun.has(before.scopeId)) refused.set(before.scopeId, "begun_otherwise");
    else if (before.scopeId === "") dropped.add(record.key);
  }
  for (const id of begun) if (to.nodes.has(id) && !sameBuild(versions, id)) refused.set(id, "begun_otherwise");

  const kept = settled.filter(({ key }) => !dropped.has(key));
  const state = restoreState(to, kept);
  for (const record of kept) if (!stands(to, state, record)) dropped.add(record.key);
  const again = settled.filter(({ key, nodeId }) => dropped.has(key) && to.nodes.has(nodeId));
  for (const { nodeId } of again) if (kindOf(to, nodeId) === "effect") refused.set(nodeId, "would_repeat");
  const skips = records.filter(({ status, key }) => status === "skipped" && state.nodes[key]?.status !== "skipped");
  return {
    refused: [...refused].map(([nodeId, why]) => ({ nodeId, why })),
    dropped: [...dropped, ...skips.map(({ key }) => key)],
    askedAgain: [...new Set(again.flatMap(({ nodeId }) => (kindOf(to, nodeId) === "wait" ? [nodeId] : [])))],
  };
}

function isSettled({ status, handle }: StepRecord): boolean {
  return status === "completed" || (status === "failed" && handle !== undefined);
}

/** What was decided or computed may not count any more; what was done, and what was answered, does. */
function isOutdated(versions: Versions, { id, type, kind }: PlanNode, isApproval: (type: string) => boolean): boolean {
  if (isApproval(type)) return !sameStep(versions, id) || !sameBehind(versions, id);
  return kind === "pure" && !sameStep(versions, id);
}

/** Containers of which something inside is done, and that are not done themselves. */
function begunContainers(from: Plan, settled: readonly StepRecord[]): ReadonlySet<string> {
  const done = new Set(settled.map(({ key }) => key));
  const begun = new Set<string>();
  for (const { nodeId, iteration } of settled)
    for (const container of around(from, nodeId, iteration)) {
      if (done.has(container.key)) break;
      begun.add(container.id);
    }
  return begun;
}

/** Whether the walk through the other version believes this row, now or once the container around it is opened. */
function stands(to: Plan, state: RunState, { key, nodeId, iteration }: StepRecord): boolean {
  if (isOver(state, key)) return true;
  for (const container of around(to, nodeId, iteration))
    if (state.nodes[container.key])
      return isOver(state, container.key) || state.nodes[container.key]?.status === "running";
  return false;
}

function isOver({ nodes }: RunState, key: NodeKey): boolean {
  const status = nodes[key]?.status;
  return status === "completed" || status === "failed";
}

/** The containers around a place, innermost first. */
function* around(plan: Plan, nodeId: string, iteration: string): Generator<{ id: string; key: NodeKey }, void> {
  let passes = iteration;
  for (let id = plan.nodes.get(nodeId)?.scopeId ?? ""; id !== ""; id = plan.nodes.get(id)?.scopeId ?? "") {
    passes = outerIteration(passes).iteration;
    yield { id, key: nodeKey(id, passes) };
  }
}

function kindOf(plan: Plan, nodeId: string): PlanNode["kind"] | undefined {
  return plan.nodes.get(nodeId)?.kind;
}
