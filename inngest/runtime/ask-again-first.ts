import type { EngineCommand } from "@/core/engine/protocol";
import { askAgain, staleApproval } from "./bound-values";
import type { RuntimeDeps } from "./runtime-deps";
import { planNode, type Turn } from "./turn";

/**
 * What was approved is what runs, and what is told as well: before a step that speaks to somebody or waits for them, and where people
 * have changed values, before any step, an approval above it that no longer covers it is asked again. A turn that has done something
 * already leaves the step to the next one, which begins with the question: `later`. `asked`: this turn did, and does nothing else.
 */
export async function askAgainFirst(
  deps: RuntimeDeps,
  turn: Turn,
  command: EngineCommand,
): Promise<"go" | "later" | "asked"> {
  if (command.type !== "runStep" && command.type !== "openContainer") return "go";
  const { session } = turn;
  if (session.bound.size === 0 && session.earlier === null) return "go";
  const { kind, resultRank } = planNode(session, command.nodeId);
  // An effect asks for itself, right before it acts.
  if (kind === "effect") return "go";
  const speaks = kind === "wait" || resultRank >= 0;
  if (!speaks && session.run.generation === 1 && session.run.inputEdits === null) return "go";
  const stale = staleApproval(session, command, turn.now);
  if (stale === null) return "go";
  if (!isUntouched(turn)) {
    turn.isFull = true;
    return "later";
  }
  session.active.delete(command.key);
  await askAgain(deps, turn, stale);
  turn.commands = [];
  turn.next = [];
  turn.askedAgain = true;
  return "asked";
}

/** Nothing in it would be lost if everything after the approval were done anew. */
function isUntouched({ rows, finish, parts }: Turn): boolean {
  const { due, consumed, close, deliver, say, emit, receipts } = parts;
  return rows.size === 0 && finish === null && [due, consumed, close, deliver, say, emit, receipts].every(isEmpty);
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;
