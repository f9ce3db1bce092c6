import { closeCommand } from "./loops";
import { splitNodeKey } from "./node-keys";
import type { Plan } from "./plan";
import type { EngineCommand, NodeKey, NodeState, RunState } from "./protocol";

/** What a driver that remembers nothing must do next. Waitpoints and retry timers are rows of their own and go on. */
export function outstanding(plan: Plan, state: RunState): EngineCommand[] {
  const commands: EngineCommand[] = [];
  for (const [key, node] of Object.entries(state.nodes)) {
    const command = commandFor(plan, key, node);
    if (command && (state.status === "active" || command.type === "recordSkipped")) commands.push(command);
  }
  if (state.finish) commands.push(state.finish);
  return commands;
}

function commandFor(plan: Plan, key: NodeKey, node: NodeState): EngineCommand | null {
  const { nodeId, iteration } = splitNodeKey(key);
  const target = { key, nodeId, iteration };
  if (node.unrecorded) return { type: "recordSkipped", ...target };
  if (node.status !== "running" && node.status !== "pending") return null;
  if (plan.nodes.get(nodeId)?.kind !== "container") return { type: "runStep", ...target, attempt: node.attempt };
  if (!node.loop) return { type: "openContainer", ...target };
  if (node.loop.phase === "closing") return closeCommand(nodeId, iteration, node.loop);
  return node.loop.phase === "deciding" ? { type: "decideRepeat", ...target, index: node.loop.next - 1 } : null;
}
