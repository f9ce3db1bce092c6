import type { JsonObject } from "@/core/json";
import type { Issue, Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { isJsonObject } from "@/core/json-guard";
import { documentInReadingOrder } from "@/core/workflow/reading-order";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { importWorkflowDocument } from "@/core/workflow/workflow-document";

type Scope = Pick<Spec, "startNodeId" | "nodes" | "edges" | "x-source">;

/** The document as people edit it: canonical, without the record of how it was once spelled. */
export function documentText({ spec, triggers, config }: EditableDocument): string {
  // Every field of a document is JSON; its types leave some open.
  const plain = { spec: withoutSource(spec), triggers, config } as unknown as JsonObject;
  return `${JSON.stringify(documentInReadingOrder(plain), null, 2)}\n`;
}

/** A text back into a document. What is untouched since `before` keeps the record of its spelling. */
export function readDocumentValue(
  value: unknown,
  before: EditableDocument,
  definitions: StepDefinitions,
  triggerDefinitions: TriggerDefinitions,
): { ok: true; document: EditableDocument } | { ok: false; issues: Issue[] } {
  if (!isJsonObject(value) || value["spec"] === undefined)
    return {
      ok: false,
      issues: [
        {
          code: "invalid_shape",
          severity: "error",
          path: "",
          message: "The document is an object with spec, triggers and config.",
        },
      ],
    };
  const imported = importWorkflowDocument(value, definitions, triggerDefinitions);
  if (!imported.ok) return imported;
  const { spec, triggers, config } = imported.document;
  return { ok: true, document: { spec: withSource(spec, before.spec), triggers: triggers ?? [], config } };
}

function withoutSource(scope: unknown): unknown {
  if (Array.isArray(scope)) return scope.map(withoutSource);
  if (!isJsonObject(scope)) return scope;
  const { "x-source": _record, ...rest } = scope;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === "nodes" || key === "edges" || (key === "body" && isScope(value)) ? withoutSource(value) : value,
    ]),
  );
}

function withSource<S extends Scope>(scope: S, before: Scope): S {
  const nodes = new Map(before.nodes.map((node) => [node.id, node]));
  const edges = new Map(before.edges.map((edge) => [edgeKey(edge), edge]));
  return keepSource(
    {
      ...scope,
      nodes: scope.nodes.map((node): SpecNode => {
        const known = nodes.get(node.id);
        if (known?.type !== node.type) return node;
        const kept = keepSource(node, known);
        const [body, bodyBefore] = [kept["body"], known["body"]];
        return isScope(body) && isScope(bodyBefore) ? { ...kept, body: withSource(body, bodyBefore) } : kept;
      }),
      edges: scope.edges.map((edge): SpecEdge => {
        const known = edges.get(edgeKey(edge));
        return known ? keepSource(edge, known) : edge;
      }),
    },
    before,
  );
}

function keepSource<T extends { "x-source"?: JsonObject }>(part: T, before: { "x-source"?: JsonObject }): T {
  const record = before["x-source"];
  return part["x-source"] !== undefined || record === undefined ? part : { ...part, "x-source": record };
}

function edgeKey({ from, case: handle, to }: SpecEdge): string {
  return `${from}:${handle}:${to}`;
}

/** The body of a loop, which the importer has checked. */
function isScope(value: unknown): value is Scope {
  return (
    typeof value === "object" && value !== null && "nodes" in value && Array.isArray(value.nodes) && "edges" in value
  );
}
