import { type SpecNode, type Spec, type WorkflowConfig, defaultConfig } from "@/core/workflow/document";
import { ownFields } from "@/core/workflow/node-fields";
import type { AnyStepDefinition, StepDefinitions } from "@/core/workflow/step-definition";
import { layOutScope, type ScopeLayout } from "./compile-scope";
import type { Plan, PlanNode, PlanScope } from "./plan";

/**
 * Turns a validated document into the form the engine works on. Linear in nodes and edges. Nodes that the start does not
 * reach are left out. Throws only on a document that validation would have refused.
 */
export function compile(spec: Spec, config: WorkflowConfig, definitions: StepDefinitions): Plan {
  const nodes = new Map<string, PlanNode>();
  const scopes = new Map<string, PlanScope>();
  const bodies: { scopeId: string; body: ScopeDocument }[] = [{ scopeId: "", body: spec }];
  for (let next = bodies.pop(); next; next = bodies.pop()) {
    const { scopeId, body } = next;
    const layout = layOutScope(scopeId, body);
    const compiled = layout.nodes.map((node) => compileNode(node, scopeId, layout, config, definitions));
    const leaves = resultOrder(layout, compiled);
    leaves.forEach((node, rank) => {
      node.resultRank = rank;
    });
    for (const node of compiled) {
      if (nodes.has(node.id))
        throw new Error(`Node id ${node.id} is used twice. Validate the document before compiling it.`);
      nodes.set(node.id, node);
      const inner = definitionOf(node.type, definitions).body?.(node.config);
      if (inner) bodies.push({ scopeId: node.id, body: inner });
    }
    const order = layout.nodes.map((node) => node.id);
    scopes.set(scopeId, {
      id: scopeId,
      startNodeId: body.startNodeId,
      nodeIds: order,
      order,
      leaves: leaves.map((node) => node.id),
    });
  }
  return { startNodeId: spec.startNodeId, nodes, config, scopes };
}

type ScopeDocument = Pick<Spec, "startNodeId" | "nodes" | "edges">;
type Draft = PlanNode & { givesResult: boolean };

function compileNode(
  node: SpecNode,
  scopeId: string,
  layout: ScopeLayout,
  config: WorkflowConfig,
  definitions: StepDefinitions,
): Draft {
  const definition = definitionOf(node.type, definitions);
  // `StepDefinition<any>`: the type's config is known to its own folder only.
  const own: unknown = definition.config.parse(ownFields(node));
  return {
    id: node.id,
    type: node.type,
    kind: definition.kind,
    scopeId,
    name: node.name ?? definition.title,
    disabled: node.disabled ?? false,
    join: node.join ?? "all",
    incoming: layout.incoming.get(node.id) ?? [],
    outgoing: layout.outgoing.get(node.id) ?? new Map(),
    retry: retryPolicy(node, config, definition),
    timeoutMs: node.timeoutMs ?? definition.defaultTimeoutMs ?? null,
    onError: node.onError ?? "fail",
    repeatable: node.repeatable ?? "safe",
    config: own,
    defaultHandle: defaultHandle(definition, own),
    resultRank: -1,
    givesResult: definition.givesResult ?? false,
    node,
  };
}

/**
 * Node over workflow over type. A workflow setting that equals the product's default counts as not set, so that a type's
 * own default (three tries for a service call) is not hidden by a config that nobody wrote.
 */
function retryPolicy(node: SpecNode, config: WorkflowConfig, definition: AnyStepDefinition): PlanNode["retry"] {
  const ofType = definition.defaultRetry;
  const workflowAttempts = config.maxRetries === defaultConfig.maxRetries ? undefined : 1 + config.maxRetries;
  const workflowBackoff = config.backoff === defaultConfig.backoff ? undefined : config.backoff;
  const tries = node.retry?.maxAttempts ?? workflowAttempts ?? ofType?.maxAttempts ?? 1 + defaultConfig.maxRetries;
  return {
    // Pure steps give the same answer again; a container's items are tried again one by one.
    maxAttempts: definition.kind === "pure" || definition.kind === "container" ? 1 : Math.max(1, tries),
    backoff: node.retry?.backoff ?? workflowBackoff ?? ofType?.backoff ?? defaultConfig.backoff,
    retryOn: node.retry?.retryOn ?? ofType?.retryOn ?? null,
  };
}

function defaultHandle(definition: AnyStepDefinition, config: unknown): string {
  const handles = definition.handles(config);
  const chosen =
    handles.find((handle) => handle.unlabelled) ?? handles.find((handle) => handle.id === "default") ?? handles[0];
  return chosen?.id ?? "out";
}

/** Nodes that may give the scope's result, the weightiest last. */
function resultOrder(layout: ScopeLayout, nodes: readonly Draft[]): Draft[] {
  const plain = nodes.filter((node) => !node.givesResult && !layout.outgoing.has(node.id));
  return [...plain, ...nodes.filter((node) => node.givesResult)];
}

function definitionOf(type: string, definitions: StepDefinitions): AnyStepDefinition {
  const definition = Object.hasOwn(definitions, type) ? definitions[type] : undefined;
  if (!definition) throw new Error(`Step type ${type} is not known. Validate the document before compiling it.`);
  return definition;
}
