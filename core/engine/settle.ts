import { completeRun, failRun } from "./finish";
import { decideEdge, startScope } from "./joins";
import { iterationFailed, iterationRested } from "./loops";
import { scopeKey } from "./node-keys";
import type { Advance, EngineCommand } from "./protocol";
import { isOpen, type ScopePass, type Task, type Turn } from "./turn";

/** Follows up everything a decision leads to, until only the world can bring something new. */
export function settle(turn: Turn): Advance {
  while (turn.state.status === "active") {
    const task = turn.tasks[turn.nextTask];
    if (task) {
      turn.nextTask += 1;
      perform(turn, task);
      continue;
    }
    turn.tasks = [];
    turn.nextTask = 0;
    // Only now: a pass is at rest when nothing in it is open and every edge in it is decided.
    const pass = turn.resting.pop();
    if (!pass) break;
    rest(turn, pass);
  }
  return {
    state: turn.state,
    commands: turn.abandoned ? turn.commands.filter((command) => isWanted(turn, command)) : turn.commands,
  };
}

function perform(turn: Turn, task: Task): void {
  switch (task.type) {
    case "startScope":
      startScope(turn, task.pass);
      return;
    case "edge":
      decideEdge(turn, task.nodeId, task.iteration, task.taken);
      return;
    case "scopeFailed":
      if (task.pass.scopeId === "") failRun(turn, task.failure);
      else iterationFailed(turn, task.pass, task.failure);
  }
}

function rest(turn: Turn, pass: ScopePass): void {
  if (turn.state.scopes[scopeKey(pass.scopeId, pass.iteration)]?.open !== 0) return;
  if (pass.scopeId === "") completeRun(turn);
  else iterationRested(turn, pass);
}

/** Work that was asked for and called off in the same turn is not asked for. */
function isWanted(turn: Turn, command: EngineCommand): boolean {
  return !workCommands.has(command.type) || ("key" in command && isOpen(turn.state.nodes[command.key]));
}

const workCommands: ReadonlySet<EngineCommand["type"]> = new Set([
  "runStep",
  "openContainer",
  "decideRepeat",
  "scheduleRetry",
  "closeContainer",
]);
