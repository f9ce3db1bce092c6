import { connectorCatalog } from "@/connectors/definitions";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/spec/document";
import { indexSpec } from "@/core/spec/spec-index";
import { blocksPublishing, validateSpec } from "@/core/spec/validate";
import type { Actor } from "@/server/db/tenant";
import { listConnections } from "@/server/modules/connections/service";
import { createDirectoryPort } from "@/server/modules/directory/service";
import { stepDefinitions } from "@/steps/definitions";

export { blocksPublishing };

const allConnections = { limit: 100_000, offset: 0 };

/** Everything that is wrong or worth a thought in a workflow, in the light of this organization's connections and people. Paths start at the document. */
export async function checkWorkflow(
  actor: Actor,
  parts: { spec: Spec; triggers: readonly Trigger[] | null; config: WorkflowConfig },
): Promise<Issue[]> {
  const [connections, unknown] = await Promise.all([
    listConnections(actor, allConnections),
    unknownAssignees(actor, parts.spec),
  ]);
  const issues = validateSpec(parts.spec, {
    definitions: stepDefinitions,
    connectors: connectorCatalog,
    connections: connections.map(({ slug }) => slug),
    triggers: parts.triggers,
    config: parts.config,
    canDecide: (reference) => !unknown.has(reference),
  });
  return issues.map((issue) => ({ ...issue, path: fromDocument(issue.path) }));
}

function fromDocument(path: string): string {
  if (/^(triggers|config)(\[|\.|$)/.test(path)) return path;
  return path === "" ? "spec" : `spec.${path}`;
}

async function unknownAssignees(actor: Actor, spec: Spec): Promise<ReadonlySet<string>> {
  const references = new Set<string>();
  for (const { definition, config } of indexSpec(spec, stepDefinitions).nodes.values()) {
    if (config === undefined) continue;
    for (const reference of definition?.assignees?.(config) ?? [])
      if (!reference.includes("${")) references.add(reference);
  }
  if (references.size === 0) return references;
  const { unknown } = await createDirectoryPort(actor.organizationId).resolveAssignees([...references]);
  return new Set(unknown);
}
