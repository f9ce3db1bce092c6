import { splitNodeKey } from "./node-keys";
import type { LoopState, NodeKey, RunState, StepRecord } from "./protocol";

/** What the journal must keep of a node so that `restoreState` gives it back; null when it is not decided yet. */
export function stepRecord(state: RunState, key: NodeKey): StepRecord | null {
  const node = state.nodes[key];
  if (!node) return null;
  const { status, attempt, handle, waitingFor, failure, end, loop } = node;
  return {
    key,
    ...splitNodeKey(key),
    status,
    attempt,
    ...(handle !== undefined && { handle }),
    ...(waitingFor && { waitingFor }),
    ...(failure && { failure }),
    ...(end && { end }),
    ...(loop && { loop: loopSettings(loop) }),
  };
}

function loopSettings({ count, concurrency, max, onItemError }: LoopState): StepRecord["loop"] {
  return { count, concurrency, onItemError, ...(max !== undefined && { max }) };
}
