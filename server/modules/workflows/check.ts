import { connectorCatalog } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/spec/document";
import { blocksPublishing, validateSpec } from "@/core/spec/validate";
import type { Actor } from "@/server/db/tenant";
import { connectionsOf } from "@/server/modules/connections/service";
import { activePeople } from "@/server/modules/directory/service";

import { stepDefinitions } from "@/steps/definitions";
import { knownEvents } from "./known-events";

export { blocksPublishing };

/** Everything that is wrong or worth a thought in a workflow, in the light of this organization's connections and people. Paths start at the document. */
export async function checkWorkflow(
  actor: Actor,
  parts: { spec: Spec; triggers: readonly Trigger[] | null; config: WorkflowConfig; source?: JsonObject },
): Promise<Issue[]> {
  const [connections, people, events] = await Promise.all([
    connectionsOf(actor.organizationId),
    activePeople(actor.organizationId),
    knownEvents(actor.organizationId),
  ]);
  const issues = validateSpec(parts.spec, {
    definitions: stepDefinitions,
    connectors: connectorCatalog,
    connections: connections.map(({ slug }) => slug),
    triggers: parts.triggers,
    config: parts.config,
    people,
    events,
    ...(parts.source === undefined ? {} : { source: parts.source }),
  });
  return issues.map((issue) => ({ ...issue, path: fromDocument(issue.path) }));
}

function fromDocument(path: string): string {
  if (/^(triggers|config)(\[|\.|$)/.test(path)) return path;
  return path === "" ? "spec" : `spec.${path}`;
}
