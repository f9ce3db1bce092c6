import { hasTargets, offerResult, takeHandle } from "./edges";
import { failNode, failWithoutWayOn } from "./failures";
import { cancelRun, endRun, timeOutRun } from "./finish";
import { innerIteration, splitNodeKey } from "./node-keys";
import { openLoop, repeatDecided } from "./loops";
import { abandonPass } from "./abandon";
import type { Plan, PlanNode } from "./plan";
import type { Advance, EngineEvent, NodeState, RunState } from "./protocol";
import { retryDecision } from "./retries";
import { settle } from "./settle";
import { closeNode, isOpen, newTurn, openScope, type Turn } from "./turn";

/**
 * The engine: one event in, the new state and the commands that follow out. No clock, no randomness, no I/O. Takes
 * ownership of `state`. An event that comes late or again changes nothing and gives no commands.
 */
export function advance(plan: Plan, state: RunState, event: EngineEvent): Advance {
  const turn = newTurn(plan, state);
  // The table is indexed by the event's own type, which TypeScript cannot follow.
  const handle = handlers[event.type] as (turn: Turn, event: EngineEvent) => void;
  handle(turn, event);
  return settle(turn);
}

type Handlers = { [T in EngineEvent["type"]]: (turn: Turn, event: Extract<EngineEvent, { type: T }>) => void };

const handlers: Handlers = {
  started(turn) {
    if (turn.state.status !== "pending") return;
    turn.state.status = "active";
    openScope(turn, { scopeId: "", iteration: "" });
  },

  stepCompleted(turn, event) {
    const target = answerable(turn, event);
    if (!target) return;
    const { node, state, iteration } = target;
    if (node.kind === "container" && state.loop?.phase !== "closing") return;
    const handle = event.handle ?? node.defaultHandle;
    if (event.failUnconnected && !event.end && !hasTargets(node, handle)) {
      failWithoutWayOn(turn, node, iteration, { ...event.failUnconnected, failedKey: event.key });
      return;
    }
    state.status = "completed";
    state.handle = handle;
    if (state.loop) {
      delete state.loop.phase;
      state.loop.results = [];
    }
    closeNode(turn, node, iteration);
    if (event.end) {
      endRun(turn, event.key, event.end.status);
      return;
    }
    offerResult(turn, node, iteration);
    takeHandle(turn, node, iteration, handle);
  },

  stepFailed(turn, event) {
    const target = answerable(turn, event);
    if (!target) return;
    const { node, state, iteration } = target;
    const decision = retryDecision(node, event.error, state.attempt, event.random ?? 0.5);
    if (decision.retry) {
      state.status = "waiting";
      state.waitingFor = "retry";
      turn.commands.push({
        type: "scheduleRetry",
        key: event.key,
        nodeId: node.id,
        iteration,
        attempt: state.attempt + 1,
        delayMs: decision.delayMs,
      });
      return;
    }
    if (state.loop && state.loop.active > 0) abandonIterations(turn, node, iteration, state.loop.next);
    failNode(turn, node, iteration, {
      error: event.error,
      reason: event.reason ?? "step_failed",
      failedKey: event.key,
    });
  },

  containerOpened(turn, event) {
    const target = answerable(turn, event);
    if (!target || target.node.kind !== "container" || target.state.loop) return;
    const { count, concurrency, max, onItemError } = event;
    openLoop(
      turn,
      target.node,
      target.iteration,
      max === undefined ? { count, concurrency, onItemError } : { count, concurrency, max, onItemError },
    );
  },

  repeatDecided(turn, event) {
    const target = answerable(turn, event);
    const loop = target?.state.loop;
    if (!target || loop?.phase !== "deciding") return;
    if (event.index !== undefined && event.index !== loop.next - 1) return;
    repeatDecided(turn, target.node, target.iteration, loop, event.again);
  },

  waiting(turn, event) {
    const target = answerable(turn, event);
    if (target && target.node.kind !== "container") target.state.status = "waiting";
  },

  retryDue(turn, event) {
    const target = openTarget(turn, event.key);
    if (!target || target.state.status !== "waiting") return;
    const { node, state, iteration } = target;
    if (event.attempt !== undefined && event.attempt !== state.attempt + 1) return;
    state.status = "running";
    state.attempt += 1;
    delete state.waitingFor;
    turn.commands.push({ type: "runStep", key: event.key, nodeId: node.id, iteration, attempt: state.attempt });
  },

  deadline(turn, event) {
    if (turn.state.status === "active") timeOutRun(turn, event.reason);
  },

  cancelled(turn) {
    if (turn.state.status === "active" || turn.state.status === "pending") cancelRun(turn);
  },
};

interface Target {
  node: PlanNode;
  state: NodeState;
  iteration: string;
}

function openTarget(turn: Turn, key: string): Target | null {
  if (turn.state.status !== "active") return null;
  const { nodeId, iteration } = splitNodeKey(key);
  const node = turn.plan.nodes.get(nodeId);
  const state = turn.state.nodes[key];
  return node && state && isOpen(state) ? { node, state, iteration } : null;
}

/** The node an answer is for, when it is at work on that very attempt. */
function answerable(turn: Turn, event: { key: string; attempt?: number }): Target | null {
  const target = openTarget(turn, event.key);
  if (!target || target.state.waitingFor === "retry") return null;
  return event.attempt === undefined || event.attempt === target.state.attempt ? target : null;
}

function abandonIterations(turn: Turn, node: PlanNode, iteration: string, started: number): void {
  for (let index = 0; index < started; index += 1)
    abandonPass(turn, { scopeId: node.id, iteration: innerIteration(iteration, index) });
}
