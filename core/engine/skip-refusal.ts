import type { StepDefinitions } from "@/core/workflow/step-definition";
import { descendants } from "./descendants";
import { errorHandle } from "./failures";
import type { Plan } from "./plan";

/**
 * Why a failed step may not be let be by whoever mends the run; null: it may. Steps that ask people, choose a way or hold others are
 * never skipped, and none before which an approval still is to come: what is left out could lead past it.
 */
export function skipRefusal(plan: Plan, nodeId: string, definitions: StepDefinitions): string | null {
  const node = plan.nodes.get(nodeId);
  const definition = node && Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
  if (!node || !definition) return "This step is not part of the workflow any more.";
  const ways = definition.handles(node.config).filter(({ id }) => id !== errorHandle);
  if ((node.kind !== "effect" && node.kind !== "pure") || definition.asks !== undefined || ways.length !== 1)
    return "This step decides how the run goes on, so it cannot be skipped.";
  const asksLater = [...descendants(plan, nodeId)].some(
    (id) => definitions[plan.nodes.get(id)?.type ?? ""]?.asks === "approval",
  );
  return asksLater ? "An approval comes after this step, so it cannot be skipped." : null;
}
