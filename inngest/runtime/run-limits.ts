import { isAsking } from "./is-asking";
import { feed, type Turn } from "./turn";

/** Ends a run whose steps have taken longer than its workflow allows; not while a person is asked about one of them. */
export function enforceDeadline(turn: Turn): void {
  const { session } = turn;
  if (!turn.finish && session.run.activeMs >= session.plan.config.timeoutMs && !isAsking(session))
    feed(turn, { type: "deadline", at: turn.now, reason: "timeout" });
}

export function failTooManySteps(turn: Turn): void {
  if (turn.session.state.status === "active") feed(turn, { type: "deadline", at: turn.now, reason: "too_many_steps" });
}

/** A run with a wall-clock limit carries it as a due time of its own. */
export function openAgeLimit(turn: Turn): void {
  const { session } = turn;
  const { maxAgeMs } = session.plan.config;
  if (maxAgeMs === null || session.open.has("$age")) return;
  const dueAt = session.run.createdAt + maxAgeMs;
  const id = crypto.randomUUID();
  turn.parts.open.push({
    id,
    key: "$age",
    nodeId: "$age",
    kind: "age",
    assignees: [],
    request: {},
    dueAt,
    onDue: null,
    tokenHash: null,
  });
  session.open.set("$age", { id, kind: "age", dueAt });
  session.hasWaited = true;
}
