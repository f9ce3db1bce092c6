import { connectorCatalog } from "@/connectors/definitions";
import type { Issue } from "@/core/spec/document";
import type { EditableDocument } from "@/core/spec/edit/operation";
import { validateSpec } from "@/core/spec/validate";
import { stepDefinitions } from "@/steps/definitions";

/** Only the server knows the organization's connections and people. */
const serverCodes: ReadonlySet<string> = new Set(["unknown_connection", "no_reachable_approver"]);

/** What is wrong with the document as far as the browser can tell. Paths start at the spec (`nodes[3].expression`), or `triggers`, `config`. */
export function findIssues(document: EditableDocument): Issue[] {
  return validateSpec(document.spec, {
    definitions: stepDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: document.triggers,
    config: document.config,
  });
}

/** The same, with what the server found about the last saved draft beyond it. */
export function withServerIssues(own: readonly Issue[], server: readonly Issue[]): Issue[] {
  return [
    ...own,
    ...server
      .filter(({ code }) => serverCodes.has(code))
      .map((issue) => ({ ...issue, path: issue.path.replace(/^spec\.?/, "") })),
  ].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}
