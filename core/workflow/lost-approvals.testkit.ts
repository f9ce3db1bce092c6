import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { Spec } from "./document";
import { importSpec } from "./import";
import { lostApprovals as lostBetween, type ComparedVersion, type LostApproval } from "./lost-approvals";

export type Written = { id: string; type: string } & Record<string, unknown>;

export const approval: Written = { id: "ask", type: "approval", name: "Manager", assignTo: "role:manager" };
export const pay: Written = {
  id: "pay",
  type: "service_call",
  connection: "stripe",
  request: { method: "POST", path: "/pay" },
};

export function spec(nodes: Written[], edges: [string, string, string?][], startNodeId = nodes[0]?.id): Spec {
  const written = edges.map(([from, to, handle]) => ({ from, to, ...(handle === undefined ? {} : { case: handle }) }));
  const read = importSpec({ startNodeId, nodes, edges: written }, stepDefinitions);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.spec;
}

export const version = (read: Spec, more: Partial<ComparedVersion> = {}): ComparedVersion => ({
  spec: read,
  config: { variables: {} },
  triggers: [],
  ...more,
});
export const lostApprovals = (live: Spec, other: Spec, definitions = stepDefinitions): LostApproval[] =>
  lostBetween(version(live), version(other), definitions, triggerDefinitions);
