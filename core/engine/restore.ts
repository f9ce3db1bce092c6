import { emptyTable, initialState } from "./initial-state";
import { nodeKey, outerIteration } from "./node-keys";
import type { Plan } from "./plan";
import type { RunState, StepRecord } from "./protocol";
import { settle } from "./settle";
import { newTurn, openScope } from "./turn";

/**
 * The state that journal rows tell of. The run is walked from its start once more; where a row says how a node went,
 * the row is believed, and where there is none, the node is at work. A later row of the same key replaces an earlier one.
 */
export function restoreState(plan: Plan, records: readonly StepRecord[]): RunState {
  const state = initialState();
  const journal = emptyTable<StepRecord>();
  for (const record of records) journal[record.key] = record;
  state.journal = journal;
  state.status = "active";
  const turn = newTurn(plan, state);
  openScope(turn, { scopeId: "", iteration: "" });
  const { commands } = settle(turn);
  for (const command of commands) {
    const skipped = command.type === "recordSkipped" ? state.nodes[command.key] : undefined;
    if (skipped) skipped.unrecorded = true;
  }
  keepUnreached(plan, state, journal);
  return state;
}

/**
 * Rows that the walk did not come to are of use only inside a container that is still to be opened (its own row was
 * superseded by a retry): its finished items are then not done again.
 */
function keepUnreached(plan: Plan, state: RunState, journal: Record<string, StepRecord>): void {
  const kept = emptyTable<StepRecord>();
  let any = false;
  for (const record of Object.values(journal)) {
    if (!waitsForContainer(plan, state, record)) continue;
    kept[record.key] = record;
    any = true;
  }
  if (any) state.journal = kept;
  else delete state.journal;
}

function waitsForContainer(plan: Plan, state: RunState, record: StepRecord): boolean {
  let scopeId = plan.nodes.get(record.nodeId)?.scopeId ?? "";
  let iteration = record.iteration;
  while (scopeId !== "") {
    iteration = outerIteration(iteration).iteration;
    const container = state.nodes[nodeKey(scopeId, iteration)];
    if (container) return container.status === "running" && container.loop?.phase !== "closing";
    scopeId = plan.nodes.get(scopeId)?.scopeId ?? "";
  }
  return false;
}
