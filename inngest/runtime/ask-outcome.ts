import { unknownOutcomeChoices } from "@/core/contracts/handoff";
import type { Json, JsonObject } from "@/core/json";
import type { ConnectionPort, StepOutcome } from "@/core/ports";
import { openWaitpoint } from "./record-outcome";
import type { RuntimeDeps } from "./runtime-deps";
import { guarded, stepContext } from "./step-context";
import { feed, planNode, putRow, type Place, type Turn } from "./turn";

/** Stops at this step and asks a person what happened out there. Nothing is repeated blindly. */
export async function askAboutUnknownOutcome(
  deps: RuntimeDeps,
  turn: Turn,
  place: Place,
  attempt: number,
): Promise<void> {
  const node = planNode(turn.session, place.nodeId);
  const sent = await requestOf(deps, turn, place, attempt);
  openWaitpoint(deps, turn, place, {
    kind: "handoff",
    assignees: ["role:operator"],
    request: {
      unknownOutcome: true,
      attempt,
      title: `Did "${node.name}" happen?`,
      question: "The call was sent, but no complete answer arrived. Check at the other side, then say what is true.",
      choices: unknownOutcomeChoices.map((choice) => ({ ...choice })),
      sent,
    },
  });
  turn.session.active.delete(place.key);
  // The intent stays until somebody answers: a run that is cancelled before that asks again when it is retried.
  putRow(turn, place, {
    status: "waiting",
    attempt,
    engine: { intent: true },
    input: sent,
    summary: "Nobody knows yet whether this happened",
  });
  feed(turn, { type: "waiting", key: place.key, at: turn.now });
}

/**
 * The request that a step makes, without making it: what a step sends follows from the record, so it is worked out again
 * when the process that sent it is gone. Null for a step that gets nowhere near a call.
 */
async function requestOf(deps: RuntimeDeps, turn: Turn, place: Place, attempt: number): Promise<JsonObject | null> {
  const { executor, context } = stepContext(deps, turn.session, place, {
    attempt,
    now: turn.session.rows.get(place.key)?.startedAt ?? turn.now,
    signal: new AbortController().signal,
    onReceipt: () => undefined,
  });
  const requests: JsonObject[] = [];
  const request: ConnectionPort["request"] = (connection, { method, path, query = {}, body = null }) => {
    requests.push({ connection, method, path, query, body, idempotencyKey: context.idempotencyKey });
    return Promise.resolve({
      error: { code: "cancelled", class: "other", retryable: false, message: "This call was only worked out." },
    });
  };
  await guarded(deps, () => executor.execute({ ...context, ports: { ...context.ports, connections: { request } } }));
  return requests[0] ?? null;
}

/** What the answer to that question means for the step. */
export function outcomeOfAnswer(data: JsonObject): StepOutcome | "retry" {
  const resolution = data["resolution"];
  if (resolution === "retry") return "retry";
  const output: Json = data["output"] ?? null;
  if (resolution === "completed") return { kind: "completed", output, summary: "Confirmed by a person" };
  return {
    kind: "failed",
    reason: "unsafe_unknown_outcome",
    error: {
      code: "unsafe_unknown_outcome",
      message: "A person said that this step did not succeed.",
      class: "other",
      retryable: false,
    },
  };
}
