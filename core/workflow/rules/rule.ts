import type { LiveRule } from "@/core/approver-rules/document";
import type { ConnectorCatalog } from "@/core/connector-definition";
import type { JsonObject } from "@/core/json";
import type { Scope } from "@/core/permissions";
import type { Issue, Trigger, WorkflowConfig } from "@/core/workflow/document";
import type { IndexedNode, SpecIndex } from "@/core/workflow/spec-index";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";

/** What validation knows about the world around the document. */
export interface ValidationContext {
  definitions: StepDefinitions;
  triggerDefinitions: TriggerDefinitions;
  connectors: ConnectorCatalog;
  /** Slugs of the organization's connections; null when they are not known here. */
  connections: readonly string[] | null;
  /** Null when the document does not say (then the default triggers apply); empty when it says none. */
  triggers: readonly Trigger[] | null;
  config: WorkflowConfig;
  /** How the document around the spec was written (`WorkflowDocument.source`), for what its canonical form leaves out. */
  source?: JsonObject;
  /** The organization's people; left out when they are not known here. */
  people?: People;
  /** Tables of approver rules that are live; left out when they are not known here. */
  approverRules?: readonly LiveRule[];
  /** The organization's working calendars; left out when they are not known here. */
  calendars?: readonly { slug: string; name: string }[];
  /** Names of events: those that came, and those that event triggers listen to; left out when they are not known here. */
  events?: { received: readonly string[]; awaited: readonly string[] };
}

/** Active members, by their ids. */
export interface People {
  all(): readonly string[];
  /** Who stands behind a reference (`role:x`, an e-mail …); null when there is no such role, team or person. */
  behind(reference: string): readonly string[] | null;
  may(person: string, scope: Scope): boolean;
}

/** One rule: looks at the whole document and names what it finds. Never throws. */
export type Rule = (index: SpecIndex, context: ValidationContext) => Issue[];

/** A rule that looks at each node by itself. */
export function eachNode(check: (indexed: IndexedNode, context: ValidationContext, index: SpecIndex) => Issue[]): Rule {
  return (index, context) =>
    index.scopes.flatMap((scope) => scope.nodes.flatMap((indexed) => check(indexed, context, index)));
}

export function errorAt(indexed: IndexedNode, code: string, field: string, message: string): Issue {
  return { code, severity: "error", path: fieldPath(indexed, field), nodeId: indexed.node.id, message };
}

export function warningAt(indexed: IndexedNode, code: string, field: string, message: string): Issue {
  return { code, severity: "warning", path: fieldPath(indexed, field), nodeId: indexed.node.id, message };
}

/** What people call a node: its name, else its id. */
export function called({ node }: IndexedNode): string {
  return `"${node.name ?? node.id}"`;
}

function fieldPath({ path }: IndexedNode, field: string): string {
  return field === "" ? path : `${path}.${field}`;
}
