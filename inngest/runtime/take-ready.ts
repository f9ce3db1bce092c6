import type { Json, JsonObject } from "@/core/json";
import type { WaitpointResolution } from "@/core/ports";
import type { ReadyWaitpoint } from "@/server/modules/runs/journal";
import { outcomeOfAnswer } from "./ask-outcome";
import { coveredValues, keepBound } from "./bound-values";
import { recordOutcome } from "./record-outcome";
import { logTimedOut } from "./run-log";
import type { RuntimeDeps } from "./runtime-deps";
import { guarded, stepContext } from "./step-context";
import { drainTurn } from "./take-turn";
import { feed, placeOf, putRow, type Place, type Turn } from "./turn";

/** Feeds every resolution and due time that is there; gives their number. */
export async function takeReady(deps: RuntimeDeps, turn: Turn): Promise<number> {
  const { session } = turn;
  if (!session.hasWaited) return 0;
  const ready = (await deps.store.readyWaitpoints(session.run.id, turn.now)).filter(
    (waitpoint) => !turn.parts.due.includes(waitpoint.id),
  );
  for (const waitpoint of ready) {
    turn.parts[waitpoint.status === "open" ? "due" : "consumed"].push(waitpoint.id);
    session.open.delete(waitpoint.key);
    await takeOne(deps, turn, waitpoint);
    await drainTurn(deps, turn);
  }
  return ready.length;
}

async function takeOne(deps: RuntimeDeps, turn: Turn, waitpoint: ReadyWaitpoint): Promise<void> {
  const { session } = turn;
  if (waitpoint.kind === "age") {
    feed(turn, { type: "deadline", at: turn.now, reason: "max_age" });
    return;
  }
  if (waitpoint.status === "open") logTimedOut(turn, waitpoint);
  const place = placeOf(waitpoint.key);
  const data = waitpoint.resolution ?? {};
  const attempt = session.rows.get(place.key)?.attempt ?? 1;
  if (waitpoint.kind === "retry") {
    tryAgain(turn, place);
    return;
  }
  const { executor, context, evaluator } = stepContext(deps, session, place, {
    attempt,
    now: turn.now,
    signal: new AbortController().signal,
    onReceipt: () => undefined,
  });
  const execution = {
    evaluator,
    timing: { attempt, startedAt: session.rows.get(place.key)?.startedAt ?? turn.now, endedAt: turn.now },
  };
  if (waitpoint.request["unknownOutcome"] === true) {
    const answer = outcomeOfAnswer(data);
    if (answer === "retry") tryAgain(turn, place);
    else recordOutcome(deps, turn, place, answer, execution);
    return;
  }
  const edits = readEdits(data["edits"]);
  const covered = coveredValues(session, place, waitpoint.request, edits, turn.now);
  if (edits !== null) {
    session.run.inputEdits = { ...session.run.inputEdits, ...edits };
    turn.update.inputEdits = session.run.inputEdits;
  }
  const resolution: WaitpointResolution = {
    outcome: waitpoint.status === "open" ? "due" : (waitpoint.outcome ?? "due"),
    at: waitpoint.at,
    data,
    ...(waitpoint.by ? { by: waitpoint.by } : {}),
  };
  const outcome = await guarded(deps, () =>
    executor.resolve ? executor.resolve(context, resolution, waitpoint.request) : { kind: "completed", output: data },
  );
  recordOutcome(deps, turn, place, outcome, execution);
  keepBound(session, turn.rows.get(place.key), covered);
}

function readEdits(edits: Json | undefined): JsonObject | null {
  return typeof edits === "object" && edits !== null && !Array.isArray(edits) && Object.keys(edits).length > 0
    ? edits
    : null;
}

/** Journaled, because the timer is used up: after a crash the next attempt is outstanding, not the wait. */
function tryAgain(turn: Turn, place: Place): void {
  feed(turn, { type: "retryDue", key: place.key, at: turn.now });
  const state = turn.session.state.nodes[place.key];
  if (state?.status === "running") putRow(turn, place, { status: "running", attempt: state.attempt });
}
