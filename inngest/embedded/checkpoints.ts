import type { Op } from "./answer";
import { isPassing } from "@/server/db/write-errors";
import { refusal, type Dispatch } from "./dispatcher";
import { sizeProblem } from "./size-limits";
import type { MemoDraft, Store } from "./store";

/** The SDK's report of steps it has just run. */
export interface CheckpointBody {
  qi_id: string;
  steps: Op[];
}

/**
 * Records steps that a call reports on its way. `true` means committed: go on. `false` makes the SDK stop at once:
 * the call was taken over, its run has ended, a limit was broken, this process is going away, or somebody else has a turn.
 */
export function createCheckpoints(
  store: Store,
  active: ReadonlyMap<string, Dispatch>,
  givesWay: (key: string) => boolean,
) {
  async function write(dispatch: Dispatch, memos: MemoDraft[]): Promise<boolean> {
    try {
      const kept = await store.checkpoint(dispatch.call, memos);
      if (!kept) dispatch.state = "lost";
      return kept;
    } catch (error) {
      if (isPassing(error)) throw error;
      dispatch.problem = refusal(error);
      return false;
    }
  }

  return async (body: CheckpointBody): Promise<boolean> => {
    const dispatch = active.get(body.qi_id);
    if (!dispatch || dispatch.state !== "active") return false;
    const memos = body.steps.filter(({ op }) => op === "StepRun").map(memoOf);
    const problem = sizeProblem(dispatch, memos);
    dispatch.problem = problem === null ? null : { name: "Error", message: problem };
    if (dispatch.problem !== null) return false;
    const unwritten = memos.filter(({ id }) => !dispatch.committed.has(id));
    if (unwritten.length > 0 && !(await dispatch.life.during(() => write(dispatch, unwritten)))) return false;
    if (givesWay(dispatch.call.key)) dispatch.state = "handed";
    // Read again: while the commit was under way the call may have been given up.
    return (dispatch.state as Dispatch["state"]) === "active";
  };
}

function memoOf(op: Op): MemoDraft {
  return { id: op.id, name: op.displayName ?? "", kind: "data", memo: op.data ?? null };
}
