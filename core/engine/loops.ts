import { abandonPass } from "./abandon";
import { failNode } from "./failures";
import { innerIteration, nodeKey, outerIteration, scopeKey } from "./node-keys";
import type { PlanNode } from "./plan";
import type { EngineCommand, Failure, LoopSettings, LoopState } from "./protocol";
import { openScope, type ScopePass, type Turn } from "./turn";

/** The container's items are known: starts as many iterations as may run side by side. */
export function openLoop(turn: Turn, node: PlanNode, iteration: string, settings: LoopSettings): void {
  const state = turn.state.nodes[nodeKey(node.id, iteration)];
  if (!state) return;
  const loop: LoopState = { ...cleanSettings(settings), next: 0, active: 0, results: [], failed: {} };
  state.loop = loop;
  const first = loop.count === null ? 1 : Math.min(loop.count, loop.concurrency);
  for (let started = 0; started < first; started += 1) startIteration(turn, node, iteration, loop);
  if (first === 0) closeLoop(turn, node, iteration, loop);
}

/** An iteration came to rest: its result is kept and the loop goes on. */
export function iterationRested(turn: Turn, pass: ScopePass): void {
  const result = turn.state.scopes[scopeKey(pass.scopeId, pass.iteration)]?.result ?? null;
  const found = findLoop(turn, pass);
  if (!found) return;
  found.loop.results[found.index] = result;
  endIteration(turn, pass, found.loop);
  goOn(turn, found.node, found.iteration, found.loop);
}

/** A step of an iteration failed with no way on: either the item is given up or the whole container fails. */
export function iterationFailed(turn: Turn, pass: ScopePass, failure: Failure): void {
  const found = findLoop(turn, pass);
  if (!found || !turn.state.scopes[scopeKey(pass.scopeId, pass.iteration)]) return;
  const { node, iteration, index, loop } = found;
  abandonPass(turn, pass);
  endIteration(turn, pass, loop);
  loop.failed[index] = failure.failedKey;
  if (loop.onItemError === "continue") {
    goOn(turn, node, iteration, loop);
    return;
  }
  for (let index = 0; index < loop.next; index += 1)
    abandonPass(turn, { scopeId: node.id, iteration: innerIteration(iteration, index) });
  loop.active = 0;
  failNode(turn, node, iteration, failure);
}

/** The answer to `decideRepeat`. */
export function repeatDecided(turn: Turn, node: PlanNode, iteration: string, loop: LoopState, again: boolean): void {
  delete loop.phase;
  if (again && (loop.max === undefined || loop.next < loop.max)) {
    startIteration(turn, node, iteration, loop);
    return;
  }
  if (again) loop.gaveUp = true;
  closeLoop(turn, node, iteration, loop);
}

function findLoop(
  turn: Turn,
  pass: ScopePass,
): { node: PlanNode; iteration: string; index: number; loop: LoopState } | null {
  const node = turn.plan.nodes.get(pass.scopeId);
  const { iteration, index } = outerIteration(pass.iteration);
  const loop = turn.state.nodes[nodeKey(pass.scopeId, iteration)]?.loop;
  return node && loop ? { node, iteration, index, loop } : null;
}

function startIteration(turn: Turn, node: PlanNode, iteration: string, loop: LoopState): void {
  const index = loop.next;
  loop.next += 1;
  loop.active += 1;
  loop.results.push(null);
  openScope(turn, { scopeId: node.id, iteration: innerIteration(iteration, index) });
}

function endIteration(turn: Turn, pass: ScopePass, loop: LoopState): void {
  delete turn.state.scopes[scopeKey(pass.scopeId, pass.iteration)];
  loop.active -= 1;
}

function goOn(turn: Turn, node: PlanNode, iteration: string, loop: LoopState): void {
  if (loop.count !== null) {
    if (loop.next < loop.count) startIteration(turn, node, iteration, loop);
    else if (loop.active === 0) closeLoop(turn, node, iteration, loop);
    return;
  }
  // Also after the last round: whether it ended well or was given up is what the condition says then.
  loop.phase = "deciding";
  turn.commands.push({
    type: "decideRepeat",
    key: nodeKey(node.id, iteration),
    nodeId: node.id,
    iteration,
    index: loop.next - 1,
  });
}

function closeLoop(turn: Turn, node: PlanNode, iteration: string, loop: LoopState): void {
  loop.phase = "closing";
  turn.commands.push(closeCommand(node.id, iteration, loop));
}

/** What the driver is to record of a loop that has no iteration left to make. */
export function closeCommand(nodeId: string, iteration: string, loop: LoopState): EngineCommand {
  return {
    type: "closeContainer",
    key: nodeKey(nodeId, iteration),
    nodeId,
    iteration,
    results: [...loop.results],
    ...(Object.keys(loop.failed).length > 0 && { failed: { ...loop.failed } }),
    ...(loop.gaveUp && { gaveUp: true }),
  };
}

function cleanSettings(settings: LoopSettings): LoopSettings {
  const count = settings.count === null ? null : wholeAtLeast(0, settings.count);
  const clean: LoopSettings = {
    count,
    concurrency: wholeAtLeast(1, settings.concurrency),
    onItemError: settings.onItemError,
  };
  if (settings.max !== undefined) clean.max = wholeAtLeast(1, settings.max);
  return clean;
}

/** NaN and fractions come from expressions people wrote; a loop must start with a number it can reach. */
function wholeAtLeast(least: number, value: number): number {
  return Number.isNaN(value) ? least : Math.max(least, Math.floor(value));
}
