import { defaultConfig, type SpecNode, type WorkflowConfig } from "@/core/workflow/document";
import { compile } from "./compile";
import { fakeDefinitions, type FakeBody } from "./fake-definitions.testkit";
import type { Plan } from "./plan";

/** `"a -> b"`, `"a -alt-> b"`; nodes are effects unless told otherwise. The first node named is the start. */
export function draw(arrows: readonly string[], nodes: Record<string, Partial<SpecNode>> = {}): FakeBody {
  const edges = arrows.flatMap((arrow) => {
    const [from, handle, to] = arrow.split(/ -(?:([a-z_]+)-)?> /);
    return from !== undefined && to !== undefined ? [{ from, to, case: handle ?? "out" }] : [];
  });
  const ids = new Set([...arrows.flatMap((arrow) => arrow.split(/ -(?:[a-z_]+-)?> /)), ...Object.keys(nodes)]);
  const [startNodeId = ""] = ids;
  return { startNodeId, nodes: [...ids].map((id) => ({ id, type: "effect", ...nodes[id] })), edges };
}

export function planOf(
  arrows: readonly string[],
  nodes: Record<string, Partial<SpecNode>> = {},
  config: Partial<WorkflowConfig> = {},
): Plan {
  return compile({ specVersion: "1", ...draw(arrows, nodes) }, { ...defaultConfig, ...config }, fakeDefinitions);
}
