import type { Json } from "@/core/json";
import type { Consequences, SettingKind } from "@/core/workflow/consequence";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { Plan, PlanNode } from "./plan";

/** What is known of the step types. */
export interface Tellers {
  definitions: StepDefinitions;
  consequences: Consequences;
}

/** A setting of a step that is still to come, with the values of the run; null where they are not known yet. */
export type Known = (node: PlanNode, setting: unknown, kind: SettingKind) => Json;

/** What is known without a run: what has no value of one in it. */
export const literals: Known = (_node, setting, kind) =>
  kind === "template" && (typeof setting === "number" || (typeof setting === "string" && !setting.includes("${")))
    ? setting
    : null;

/** How many are told of, one after the other and side by side. */
const told = 4;

/**
 * What follows when a step is left by a handle, one after the other, each with its verb first: "charges $42.60", "writes to “jane@acme.test” by Email".
 * Looks ahead up to the next branch or wait, past what nobody notices.
 */
export function whatFollows(
  plan: Plan,
  nodeId: string,
  handle: string,
  tellers: Tellers,
  known: Known = literals,
): string[] {
  const node = plan.nodes.get(nodeId);
  let next = targetsOf(plan, node, handle);
  if (node === undefined || next.length === 0) return [nothingFollows(plan, node, handle, tellers)];
  const parts: string[] = [];
  // A plan has no circles.
  while (next.length > 0) {
    if (parts.length === told) return [...parts, "goes on"];
    const said = next.flatMap((step) => tell(step, tellers, known) ?? []);
    if (said.length > 0) parts.push(together(said));
    const [only] = next;
    next =
      next.length === 1 && only !== undefined && goesStraightOn(only) ? targetsOf(plan, only, only.defaultHandle) : [];
  }
  return parts.length > 0 ? parts : [endOf(plan, node)];
}

function together(said: readonly string[]): string {
  return said.length <= told
    ? said.join(" and ")
    : `${said.slice(0, told).join(" and ")} and ${String(said.length - told)} more`;
}

function tell(node: PlanNode, { consequences }: Tellers, known: Known): string | null {
  if (node.disabled) return null;
  // Own properties only: a type is text from outside.
  const consequence = Object.hasOwn(consequences, node.type) ? consequences[node.type] : undefined;
  return (
    consequence?.({
      config: node.config,
      name: node.node.name ?? null,
      known: (setting, kind = "template") => known(node, setting, kind),
    }) ?? null
  );
}

function nothingFollows(plan: Plan, node: PlanNode | undefined, handle: string, { definitions }: Tellers): string {
  const definition = node === undefined ? undefined : definitions[node.type];
  const way = definition?.handles(node?.config).find(({ id }) => id === handle);
  return way?.failsUnconnected === true ? "fails the run, since nothing else is connected" : endOf(plan, node);
}

function endOf(plan: Plan, node: PlanNode | undefined): string {
  const container = plan.nodes.get(node?.scopeId ?? "");
  return container === undefined ? "ends the run" : `ends this turn of “${container.name}”`;
}

/** A step with one thing to do next: no branch, and nobody to wait for. */
function goesStraightOn({ kind, outgoing }: PlanNode): boolean {
  return kind !== "wait" && [...outgoing.keys()].filter((handle) => handle !== "error").length <= 1;
}

function targetsOf({ nodes }: Plan, node: PlanNode | undefined, handle: string): PlanNode[] {
  return (node?.outgoing.get(handle) ?? []).flatMap((id) => nodes.get(id) ?? []);
}
