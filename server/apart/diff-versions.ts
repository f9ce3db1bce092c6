import type { VersionDiff } from "@/core/contracts/workflow-rest";
import type { Json } from "@/core/json";
import type { Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import { diffDocuments } from "@/core/workflow/edit/diff-documents";
import { sameJson } from "@/core/json-guard";
import { indexSpec } from "@/core/workflow/spec-index";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

export interface VersionedParts {
  spec: Spec;
  triggers: Trigger[];
  config: WorkflowConfig;
}

/** What changed from one version to another. Where things stand on the canvas is no change. */
export function diffVersions(from: VersionedParts, to: VersionedParts): VersionDiff {
  const [before, after] = [layOut(from), layOut(to)];
  return {
    nodes: compare(before.nodes, after.nodes),
    edges: compare(before.edges, after.edges),
    triggers: compare(before.triggers, after.triggers),
    config: compare(before.config, after.config),
    inputSchema: !sameJson(from.spec.inputSchema ?? null, to.spec.inputSchema ?? null),
    changes: diffDocuments(from, to, stepDefinitions, triggerDefinitions).map(({ kind, subject, id, text }) => ({
      kind,
      subject,
      id,
      text,
    })),
  };
}

type Named = ReadonlyMap<string, Json>;

function layOut({ spec, triggers, config }: VersionedParts): Record<"nodes" | "edges" | "triggers" | "config", Named> {
  const nodes = new Map<string, Json>();
  const edges = new Map<string, Json>();
  for (const { container, nodes: inScope, edges: between } of indexSpec(spec, stepDefinitions).scopes) {
    const prefix = container ? `${container.node.id}/` : "";
    for (const { node } of inScope) {
      // A body's own steps are compared one by one.
      const { ui: _place, body: _body, "x-source": _spelling, ...said } = node;
      nodes.set(`${prefix}${node.id}`, asJson(said));
    }
    for (const edge of between) edges.set(`${prefix}${edge.from} -${edge.case}-> ${prefix}${edge.to}`, true);
  }
  return {
    nodes,
    edges,
    triggers: new Map(triggers.map((trigger) => [trigger.id, asJson(trigger)])),
    config: new Map(Object.entries(config).map(([key, value]) => [key, asJson(value)])),
  };
}

function compare(before: Named, after: Named): VersionDiff["nodes"] {
  return {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    changed: [...after]
      .filter(([key, value]) => before.has(key) && !sameJson(before.get(key), value))
      .map(([key]) => key),
  };
}

/** Documents come from JSON; their types only leave fields open. */
function asJson(value: unknown): Json {
  return value as Json;
}
