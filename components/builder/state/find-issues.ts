import { connectorCatalog } from "@/connectors/definitions";
import type { Issue } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

/** Only the server knows the organization's connections, people and approver rules, and how a document was written. */
const serverCodes: ReadonlySet<string> = new Set([
  "unknown_connection",
  "no_reachable_approver",
  "unknown_rule_table",
  "unanswered_rule",
  "unknown_field",
  "unknown_event",
]);

/** What is wrong with the document as far as the browser can tell. Paths start at the spec (`nodes[3].expression`), or `triggers`, `config`. */
export function findIssues(document: EditableDocument): Issue[] {
  return validateSpec(document.spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: document.triggers,
    config: document.config,
  });
}

/** The same, with what the server found about the last saved draft beyond it. */
export function withServerIssues(own: readonly Issue[], server: readonly Issue[]): Issue[] {
  const known = new Set(own.map(({ code, path }) => `${code} ${path}`));
  return [
    ...own,
    ...server
      .map((issue) => ({ ...issue, path: issue.path.replace(/^spec\.?/, "") }))
      .filter(({ code, path }) => serverCodes.has(code) && !known.has(`${code} ${path}`)),
  ].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}
