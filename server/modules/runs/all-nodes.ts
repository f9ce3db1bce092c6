import { sensitiveOfStep } from "@/core/workflow/marked-sensitive";
import { stepDefinition } from "@/steps/definitions";
import type { Spec, SpecNode } from "@/core/workflow/document";

/** Every node of a document, bodies included, each with all of it that is sensitive: also what the questions of its form mark. */
export function allNodes(spec: Pick<Spec, "nodes">): SpecNode[] {
  return spec.nodes.flatMap((written) => {
    const sensitive = sensitiveOfStep(written, stepDefinition(written.type));
    const node = sensitive.length === 0 ? written : { ...written, sensitive };
    const body = node["body"];
    return typeof body === "object" && body !== null && "nodes" in body
      ? [node, ...allNodes(body as Pick<Spec, "nodes">)]
      : [node];
  });
}

/** The same document, in which nothing is called sensitive: by no step, and by no schema. */
export function unmarked<S extends Pick<Spec, "nodes">>(spec: S): S {
  const plain = JSON.parse(JSON.stringify(spec), (name, value: unknown) =>
    name === "x-sensitive" ? undefined : value,
  ) as S;
  return withoutLists(plain);
}

function withoutLists<S extends Pick<Spec, "nodes">>(spec: S): S {
  return {
    ...spec,
    nodes: spec.nodes.map(({ sensitive: _, body, ...node }): SpecNode => {
      const inner = typeof body === "object" && body !== null && "nodes" in body ? withoutLists(body as S) : body;
      return { ...node, ...(inner === undefined ? {} : { body: inner }) };
    }),
  };
}
