import { schemaAdvice, type SchemaIssue } from "@/core/schema/validate-input";
import type { Issue } from "@/core/workflow/document";
import type { Rule } from "./rule";

/** `schema_advice`: schemas that can be used, but not as their author thinks. */
export const schemaThoughts: Rule = ({ spec, nodes }) => [
  ...schemaAdvice(spec.inputSchema).map((found) => warning(found, "inputSchema")),
  ...[...nodes.values()].flatMap(({ definition, node, path }) =>
    (definition?.jsonSchemas ?? []).flatMap((field) =>
      schemaAdvice(node[field]).map((found) => ({ ...warning(found, `${path}.${field}`), nodeId: node.id })),
    ),
  ),
];

function warning({ path, message }: SchemaIssue, holder: string): Issue {
  return { code: "schema_advice", severity: "warning", path: `${holder}.${path}`, message };
}
