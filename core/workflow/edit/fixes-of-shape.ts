import type { SpecEdge, SpecNode } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { starterNode, usualHandle } from "./compose";
import type { EditScope } from "./edit-session";
import { calledNode } from "./edit-session";
import { newNodeId } from "./new-node-id";
import type { EdgeEnds } from "./compose";
import type { FixMaker } from "./quick-fix";
import { edgesFrom, leadsTo, linkAll } from "./scope-links";

/** Where a part begins: at the entry it has, at a step that nothing leads to, or at a new one. */
export const noStart: FixMaker = ({ document, definitions, place }) => {
  // The path of a missing start names the part, not a step.
  const { scope, container } = place;
  const followed = new Set(scope.edges.map(({ to }) => to));
  const entry = scope.nodes.find(({ type }) => definitions[type]?.entry === true);
  const first = entry ?? scope.nodes.find(({ id }) => !followed.has(id)) ?? scope.nodes[0];
  if (first !== undefined)
    return [{ label: `Begin with ${calledNode(first)}`, operations: [{ op: "set_start", container, id: first.id }] }];
  const type = Object.values(definitions).find((definition) =>
    container === null ? definition.entry === true : definition.color === "output",
  );
  if (type === undefined) return [];
  const id = newNodeId(document, type.title);
  return [
    {
      label: `Add a step to begin with: ${type.title}`,
      operations: [
        { op: "add_node", node: starterNode(type.type, definitions, id), container },
        { op: "set_start", container, id },
      ],
    },
  ];
};

/** After the last step that is reached, or away with it. */
export const unreachable: FixMaker = ({ place, definitions }) => {
  const { node, scope } = place;
  if (node === undefined) return [];
  const leaf = lastReached(scope, node, definitions);
  return [
    ...(leaf === null
      ? []
      : [
          {
            label: `Connect it after ${calledNode(leaf.node)}`,
            operations: [{ op: "connect" as const, from: leaf.node.id, case: leaf.handle, to: node.id }],
          },
        ]),
    { label: "Remove the step", operations: [{ op: "remove_node", id: node.id }] },
  ];
};

/** Two triggers with one id: the first gets a new one, its place stays. */
export const duplicateTrigger: FixMaker = ({ issue, document }) => {
  const position = Number(/^triggers\[(\d+)\]\.id$/.exec(issue.path)?.[1] ?? -1);
  const { triggers } = document;
  const id = triggers[position]?.id;
  const first = triggers.findIndex((trigger) => trigger.id === id);
  const trigger = triggers[first];
  if (id === undefined || trigger === undefined || first === position) return [];
  let free = `${id}_2`;
  for (let number = 3; triggers.some((other) => other.id === free); number += 1) free = `${id}_${number}`;
  return [
    {
      label: `Call one of them "${free}"`,
      operations: [
        { op: "remove_trigger", id },
        { op: "put_trigger", trigger: { ...trigger, id: free }, index: first },
      ],
    },
  ];
};

export function edgeEndsOf({ from, to, case: handle }: SpecEdge): EdgeEnds {
  return { from, case: handle, to };
}

function lastReached(
  scope: EditScope,
  node: SpecNode,
  definitions: StepDefinitions,
): { node: SpecNode; handle: string } | null {
  const links = linkAll(scope.edges);
  const reached = new Set([scope.startNodeId]);
  // A set that grows while it is walked: each step is looked at once.
  for (const id of reached) for (const { to } of edgesFrom(links, id)) reached.add(to);
  for (const candidate of [...scope.nodes].reverse()) {
    if (!reached.has(candidate.id) || candidate.id === node.id) continue;
    const handle = usualHandle(candidate, definitions);
    const taken = [...edgesFrom(links, candidate.id)].some((edge) => edge.case === handle);
    if (handle !== null && !taken && !leadsTo(links, node.id, candidate.id)) return { node: candidate, handle };
  }
  return null;
}
