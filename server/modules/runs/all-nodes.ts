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

/** The same document, in which nothing is called sensitive. */
export function unmarked<S extends Pick<Spec, "nodes">>(spec: S): S {
  return {
    ...spec,
    nodes: spec.nodes.map(({ sensitive: _, body, ...node }): SpecNode => {
      const inner = typeof body === "object" && body !== null && "nodes" in body ? unmarked(body as S) : body;
      return { ...node, ...(inner === undefined ? {} : { body: inner }) };
    }),
  };
}
