import type { JsonObject } from "@/core/json";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/spec/document";
import { blocksPublishing } from "@/core/spec/validate";
import { workApart } from "@/server/apart/work-apart";
import type { Actor } from "@/server/db/tenant";
import { connectionsOf } from "@/server/modules/connections/service";
import { directoryFacts } from "@/server/modules/directory/service";
import { knownEvents } from "./known-events";

export { blocksPublishing };

/** Everything that is wrong or worth a thought in a workflow, in the light of this organization's connections and people. Paths start at the document. */
export async function checkWorkflow(
  actor: Actor,
  parts: { spec: Spec; triggers: readonly Trigger[] | null; config: WorkflowConfig; source?: JsonObject },
): Promise<Issue[]> {
  const [connections, directory, events] = await Promise.all([
    connectionsOf(actor.organizationId),
    directoryFacts(actor.organizationId),
    knownEvents(actor.organizationId),
  ]);
  const issues = await workApart(actor.organizationId, "check", {
    spec: parts.spec,
    triggers: parts.triggers,
    config: parts.config,
    connections: connections.map(({ slug }) => slug),
    directory,
    events,
    ...(parts.source === undefined ? {} : { source: parts.source }),
  });
  return issues.map((issue) => ({ ...issue, path: fromDocument(issue.path) }));
}

function fromDocument(path: string): string {
  if (/^(triggers|config)(\[|\.|$)/.test(path)) return path;
  return path === "" ? "spec" : `spec.${path}`;
}
