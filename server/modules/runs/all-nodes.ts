import type { Spec, SpecNode } from "@/core/workflow/document";

/** Every node of a document, bodies included. */
export function allNodes(spec: Pick<Spec, "nodes">): SpecNode[] {
  return spec.nodes.flatMap((node) => {
    const body = node["body"];
    return typeof body === "object" && body !== null && "nodes" in body
      ? [node, ...allNodes(body as Pick<Spec, "nodes">)]
      : [node];
  });
}
