import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { defaultConfig } from "./document";
import type { Issue } from "./document";
import { importSpec } from "./import";
import { validateSpec } from "./validate";
import type { ValidationContext } from "./validate";

const connections = ["identity", "aml", "stripe", "shopify"];

export const context: ValidationContext = {
  definitions: stepDefinitions,
  triggerDefinitions,
  connectors: connectorCatalog,
  connections,
  triggers: [{ id: "api", type: "api" }],
  config: defaultConfig,
};

export const verify = { id: "verify", type: "tool_call", tool: "identity.verify", input: { email: "${input.email}" } };

export const done = { id: "done", type: "end" };

export const approve = {
  id: "approve",
  type: "approval",
  assignTo: "role:manager",
  timeoutHours: 24,
  onReject: { next: "done" },
};

interface TestNode {
  id: string;
  [field: string]: unknown;
}

/** A document of these nodes, in a chain unless edges are given. */
export function chain(nodes: readonly TestNode[], edges?: readonly object[], more: object = {}): object {
  const drawn = edges ?? nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id, to: node.id }));
  return { startNodeId: nodes[0]?.id, nodes, edges: drawn, ...more };
}

export function issuesOf(raw: object, overrides: Partial<ValidationContext> = {}): Issue[] {
  const imported = importSpec(raw, stepDefinitions);
  return imported.ok ? validateSpec(imported.spec, { ...context, ...overrides }) : imported.issues;
}

export const loopOf = (body: object, more: object = {}) => ({
  id: "each",
  type: "loop",
  items: "input.list",
  body,
  ...more,
});
