import type { Json } from "@/core/json";
import { innerIteration } from "@/core/engine/node-keys";
import type { EngineCommand } from "@/core/engine/protocol";
import type { StepContext, StepExecutor } from "@/core/ports";
import type { StepFailure } from "@/server/modules/runs/journal";
import { askAgainFirst } from "./ask-again-first";
import type { NodeEvaluator } from "./node-evaluator";
import { openWaitpoint, recordOutcome } from "./record-outcome";
import type { RuntimeDeps } from "./runtime-deps";
import { logRetry } from "./run-log";
import { guarded, stepContext } from "./step-context";
import { pinAt, pinnedWarning } from "./test-run";
import { iterationOutputs, shortfallOf, shortfallWords } from "./shortfall";
import { mayPerform } from "./turn-share";
import { feed, planNode, putRow, restKey, type Place, type Turn } from "./turn";

/**
 * Works off the reducer's commands until only effects are left (`turn.next`), doing everything pure on the way. A turn that has done
 * its share leaves the other steps to the next one: what it found is outstanding in the journal, effects included.
 */
export async function drainTurn(deps: RuntimeDeps, turn: Turn): Promise<void> {
  for (let index = 0; index < turn.commands.length; index += 1) {
    const command = turn.commands[index];
    if (!command || !(await mayPerform(turn, command))) continue;
    const asks = await askAgainFirst(deps, turn, command);
    if (asks === "asked") break;
    if (asks === "go") await perform(deps, turn, command);
  }
  turn.commands = [];
  if (!turn.isFull || turn.finish) return;
  for (const { key } of turn.next) turn.session.active.delete(key);
  turn.next = [];
  turn.session.active.add(restKey);
}

type Performer<Type extends EngineCommand["type"]> = (
  deps: RuntimeDeps,
  turn: Turn,
  command: Extract<EngineCommand, { type: Type }>,
) => Promise<void> | void;

function perform(deps: RuntimeDeps, turn: Turn, command: EngineCommand): Promise<void> | void {
  return performers[command.type](deps, turn, command as never);
}

const performers: { [Type in EngineCommand["type"]]: Performer<Type> } = {
  async runStep(deps, turn, command) {
    const node = planNode(turn.session, command.nodeId);
    if (node.kind === "effect") {
      turn.session.active.add(command.key);
      turn.next.push(command);
      return;
    }
    await executeInline(deps, turn, command, command.attempt);
  },
  openContainer: (deps, turn, command) => executeInline(deps, turn, command, 1),
  async decideRepeat(deps, turn, command) {
    const { executor, context } = inlineContext(
      deps,
      turn,
      command,
      1,
      innerIteration(command.iteration, command.index),
    );
    const decision = executor.decideRepeat?.(context, command.index) ?? { again: false };
    if ("again" in decision)
      feed(turn, {
        type: "repeatDecided",
        key: command.key,
        at: turn.now,
        index: command.index,
        again: decision.again,
      });
    else {
      const { answer, ...error } = decision.error;
      feed(turn, { type: "stepFailed", key: command.key, at: turn.now, error });
      const handle = turn.session.state.nodes[command.key]?.handle ?? null;
      endFailed(turn, command, handle, { ...answer, code: error.code, message: error.message });
    }
  },
  scheduleRetry(deps, turn, command) {
    const dueAt = turn.now + command.delayMs;
    openWaitpoint(deps, turn, command, { kind: "retry", request: { attempt: command.attempt }, dueAt });
    logRetry(turn, command.key, dueAt);
  },
  closeContainer(_deps, turn, command) {
    const row = turn.session.rows.get(command.key);
    const pin = pinAt(turn.session, command);
    const output: Json = pin ? pin.output : iterationOutputs(turn.session, command);
    const shortfall = pin ? null : shortfallOf(command);
    const short = shortfall === null ? [] : shortfallWords(shortfall);
    const handle = planNode(turn.session, command.nodeId).defaultHandle;
    putRow(turn, command, {
      status: "completed",
      handle,
      output,
      ...(pin
        ? { summary: "Pinned output", warnings: [pinnedWarning] }
        : {
            summary: short[0] ?? `${command.results.length} ${command.results.length === 1 ? "item" : "items"}`,
            ...(shortfall === null ? {} : { engine: { shortfall }, warnings: [...(row?.warnings ?? []), ...short] }),
          }),
      endedAt: turn.now,
      durationMs: row?.startedAt ? turn.now - row.startedAt : 0,
    });
    feed(turn, { type: "stepCompleted", key: command.key, at: turn.now, handle });
  },
  failContainer(_deps, turn, command) {
    const { code, message } = command.error;
    // With what a service answered: the loop's error path reads it as that of a call.
    endFailed(turn, command, command.handle, { ...turn.session.rows.get(command.failedKey)?.error, code, message });
  },
  recordSkipped(_deps, turn, command) {
    putRow(turn, command, {
      status: "skipped",
      handle: turn.session.state.nodes[command.key]?.handle ?? null,
      startedAt: null,
      endedAt: turn.now,
    });
  },
  cancelStep(_deps, turn, command) {
    turn.session.active.delete(command.key);
    if (turn.session.open.delete(command.key)) turn.parts.close.push(command.key);
    const row = turn.session.rows.get(command.key);
    if (row && (row.status === "waiting" || row.status === "running" || row.status === "pending"))
      putRow(turn, command, {
        status: "cancelled",
        engine: row.engine?.intent ? { intent: true } : null,
        endedAt: turn.now,
      });
  },
  finish(_deps, turn, command) {
    turn.finish = command;
    turn.session.open.clear();
    turn.session.active.clear();
  },
};

/** A container that was open ends as failed. */
function endFailed(turn: Turn, place: Place, handle: string | null, error: StepFailure): void {
  const startedAt = turn.session.rows.get(place.key)?.startedAt;
  const durationMs = startedAt ? turn.now - startedAt : 0;
  putRow(turn, place, { status: "failed", handle, error, endedAt: turn.now, durationMs });
}

async function executeInline(deps: RuntimeDeps, turn: Turn, place: Place, attempt: number): Promise<void> {
  const { executor, context, evaluator } = inlineContext(deps, turn, place, attempt);
  const outcome = await guarded(deps, () => executor.execute(context));
  const endedAt = deps.clock.now();
  recordOutcome(deps, turn, place, outcome, {
    evaluator,
    timing: { attempt, startedAt: turn.now, endedAt: Math.max(turn.now, endedAt) },
  });
}

function inlineContext(
  deps: RuntimeDeps,
  turn: Turn,
  place: Place,
  attempt: number,
  seenFrom = place.iteration,
): { executor: StepExecutor<unknown>; context: StepContext<unknown>; evaluator: NodeEvaluator } {
  return stepContext(deps, turn.session, place, {
    attempt,
    now: turn.now,
    signal: neverAborted,
    onReceipt: ignoreReceipt,
    seenFrom,
  });
}

const neverAborted = new AbortController().signal;
function ignoreReceipt(): void {
  // Pure and wait steps make no calls.
}
