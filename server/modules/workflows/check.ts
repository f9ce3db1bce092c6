import type { JsonObject } from "@/core/json";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import { blocksPublishing } from "@/core/workflow/validate";
import type { KnownParts } from "@/server/apart/tasks";
import { workApart } from "@/server/apart/work-apart";
import type { Actor } from "@/server/db/tenant";
import { connectionsOf } from "@/server/modules/connections/service";
import { calendarNames, directoryFacts, liveRules } from "@/server/modules/directory/service";
import { unreadable } from "./document";
import { knownEvents } from "./known-events";

export { blocksPublishing };

/** Everything that is wrong or worth a thought in a workflow, in the light of this organization's connections and people. Paths start at the document. */
export async function checkWorkflow(
  actor: Actor,
  parts: { spec: Spec; triggers: readonly Trigger[] | null; config: WorkflowConfig; source?: JsonObject },
): Promise<Issue[]> {
  const { spec, triggers, config, source } = parts;
  const issues = await workApart(actor.organizationId, "check", {
    ...(await knownParts(actor)),
    spec,
    triggers,
    config,
    ...(source === undefined ? {} : { source }),
  });
  return issues.map(placedInDocument);
}

/** The same of a document as it was written, which is not kept; refuses what has no canonical form. */
export async function checkWritten(actor: Actor, raw: JsonObject): Promise<Issue[]> {
  const checked = await workApart(actor.organizationId, "importAndCheck", { raw, known: await knownParts(actor) });
  if ("refused" in checked) throw unreadable(checked.refused);
  return checked.issues.map(placedInDocument);
}

async function knownParts({ organizationId }: Actor): Promise<KnownParts> {
  const [connections, directory, events, approverRules, calendars] = await Promise.all([
    connectionsOf(organizationId),
    directoryFacts(organizationId),
    knownEvents(organizationId),
    liveRules(organizationId),
    calendarNames(organizationId),
  ]);
  return { connections: connections.map(({ slug }) => slug), directory, events, approverRules, calendars };
}

function placedInDocument(issue: Issue): Issue {
  return { ...issue, path: fromDocument(issue.path) };
}

function fromDocument(path: string): string {
  if (/^(triggers|config)(\[|\.|$)/.test(path)) return path;
  return path === "" ? "spec" : `spec.${path}`;
}
