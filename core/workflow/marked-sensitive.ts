import { markedPaths } from "@/core/schema/marked-paths";
import type { Json } from "@/core/json";
import type { Spec, SpecNode } from "./document";
import type { Path } from "./secret-paths";
import type { AnyStepDefinition } from "./step-definition";

/** What is never shown of a run's input: what its schema marks. */
export function sensitiveInput({ inputSchema }: Pick<Spec, "inputSchema">): Path[] {
  return markedPaths(inputSchema);
}

/** What is never shown of a step: what its author lists, and the questions of its form that are marked. */
export function sensitiveOfStep(node: SpecNode, definition: AnyStepDefinition | undefined): string[] {
  const listed = node.sensitive ?? [];
  if (definition?.asks !== "form") return listed;
  const marked = (definition.jsonSchemas ?? []).flatMap((field) => markedPaths(node[field] as Json | undefined));
  return [...listed, ...marked.map(written)];
}

/** As authors write it. A name with a dot cannot be written so: what is around it is hidden. */
function written(path: readonly string[]): string {
  const at = path.findIndex((name) => name.includes("."));
  return ["output", ...(at === -1 ? path : path.slice(0, at))].join(".");
}
