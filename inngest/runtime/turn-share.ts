import type { EngineCommand } from "@/core/engine/protocol";
import { maxStepsPerRun } from "@/core/engine/run-size";
import { createLine } from "@/server/line";
import { failTooManySteps } from "./run-limits";
import { planNode, type Turn } from "./turn";

/** What one turn executes before it commits; the driver asks for the rest, and a cancel is heard in between. */
const stepsPerTurn = 500;
/** What it found has to be written as well: one commit is one stretch. */
const msPerTurn = 250;
/** In memory; as JSON about half of it. PostgreSQL takes longer to write it than the steps took. */
const bytesPerTurn = 2 * 1024 * 1024;
/** How long a turn keeps the process to itself: the other runs and the heartbeat go on in between. */
const msPerBreath = 20;

let breathed = 0;
/** However many runs an organization has under way, one of them works between two looks at everybody else. */
const turnsOf = createLine();

/**
 * Whether a turn may still perform a command. Only what executes a step counts; the rest is bookkeeping, which belongs to the
 * commit that made it necessary.
 */
export async function mayPerform(turn: Turn, command: EngineCommand): Promise<boolean> {
  if (!executes(turn, command)) return true;
  if (turn.finish) return false;
  if (turn.session.rows.size >= maxStepsPerRun) {
    failTooManySteps(turn);
    return false;
  }
  const now = performance.now();
  turn.isFull ||=
    turn.executed >= stepsPerTurn || (turn.executed > 0 && (turn.bytes > bytesPerTurn || now - turn.since > msPerTurn));
  if (turn.isFull) return false;
  turn.executed += 1;
  if (now - Math.max(breathed, turn.since) > msPerBreath) {
    await turnsOf(turn.session.run.organizationId);
    breathed = performance.now();
  }
  return true;
}

function executes(turn: Turn, command: EngineCommand): boolean {
  if (command.type === "openContainer" || command.type === "decideRepeat") return true;
  return command.type === "runStep" && planNode(turn.session, command.nodeId).kind !== "effect";
}
