import type { SpecNode } from "@/core/workflow/document";
import type { Handle, StepDefinitions } from "@/core/workflow/step-definition";
import { configShape } from "@/core/workflow/node-fields";
import { starterNode, usualHandle } from "./compose";
import { edgeEndsOf } from "./fixes-of-shape";
import { newNodeId } from "./new-node-id";
import { handlesOf } from "./node-handles";
import type { Operation } from "./operation";
import type { FixContext, FixMaker } from "./quick-fix";

/** A way out that must lead somewhere: to an end, or the same way as an answer that does. */
export const missingDefault: FixMaker = (context) => {
  const { node, scope } = context.place;
  if (node === undefined) return [];
  const definition = context.definitions[node.type];
  const bare = Object.hasOwn(node, "defaultCase") ? withoutDefault(node) : node;
  const handle = handlesOf(bare, context.definitions).find(({ required }) => required === true);
  if (handle === undefined) return [];
  const connected = scope.edges.some((edge) => edge.from === node.id && edge.case === handle.id);
  const clear: Operation[] =
    bare === node ? [] : [{ op: "update_node", id: node.id, changes: [{ path: ["defaultCase"] }] }];
  if (connected)
    return clear.length === 0 ? [] : [{ label: `Use what is connected to "${handle.label}"`, operations: clear }];
  const other = handlesOf(node, context.definitions).find(({ id }) => id !== handle.id && id !== "error");
  const named =
    other !== undefined && definition !== undefined && Object.hasOwn(configShape(definition), "defaultCase");
  return [
    ...ending(context, node, handle, clear),
    ...(named
      ? [
          {
            label: `Treat other answers like "${other.label}"`,
            operations: [
              { op: "update_node" as const, id: node.id, changes: [{ path: ["defaultCase"], value: other.id }] },
            ],
          },
        ]
      : []),
  ];
};

/** The message names the branch, since a step may miss several. */
export const missingBranch: FixMaker = (context) => {
  const { node } = context.place;
  if (node === undefined) return [];
  const handle = open(context, node).find(
    ({ expected, label }) => expected === true && context.issue.message.includes(`"${label}" of`),
  );
  return handle === undefined ? [] : ending(context, node, handle, []);
};

/** The first way out that fails the run as long as nothing is connected to it. */
export const rejectPath: FixMaker = (context) => {
  const { node } = context.place;
  if (node === undefined) return [];
  const handle = open(context, node).find(({ failsUnconnected }) => failsUnconnected === true);
  return handle === undefined ? [] : ending(context, node, handle, []);
};

/** A connection to nowhere, or round in a circle. */
export const looseEdge: FixMaker = ({ place }) =>
  place.edge === undefined
    ? []
    : [
        {
          label: "Remove the connection",
          operations: [{ op: "disconnect", ...edgeEndsOf(place.edge), index: place.index }],
        },
      ];

/** A connection by a way out that its step does not have. */
export const unknownBranch: FixMaker = ({ place, definitions }) => {
  const { edge, scope } = place;
  const node = edge === undefined ? undefined : scope.nodes.find(({ id }) => id === edge.from);
  if (edge === undefined || node === undefined) return [];
  const remove: Operation = { op: "disconnect", ...edgeEndsOf(edge), index: place.index };
  const usual = usualHandle(node, definitions);
  const label = handlesOf(node, definitions).find(({ id }) => id === usual)?.label ?? usual;
  return [
    ...(usual === null
      ? []
      : [
          {
            label: `Connect it to "${label ?? ""}"`,
            operations: [
              remove,
              { op: "connect" as const, from: edge.from, case: usual, to: edge.to, index: place.index },
            ],
          },
        ]),
    { label: "Remove the connection", operations: [remove] },
  ];
};

function open({ place, definitions }: FixContext, node: SpecNode): Handle[] {
  const connected = new Set(place.scope.edges.flatMap((edge) => (edge.from === node.id ? [edge.case] : [])));
  return handlesOf(node, definitions).filter(({ id }) => !connected.has(id));
}

/** A new last step behind a way out. */
function ending(
  { document, definitions, place }: FixContext,
  node: SpecNode,
  handle: Handle,
  before: Operation[],
): { label: string; operations: Operation[] }[] {
  const type = lastType(definitions, place.container !== null);
  if (type === null) return [];
  const title = definitions[type]?.title ?? type;
  const id = newNodeId(document, `${title} ${handle.id}`);
  const step: SpecNode = { ...starterNode(type, definitions, id), name: `${title}: ${handle.label.toLowerCase()}` };
  return [
    {
      label: `Add an ${title} step to "${handle.label}"`,
      operations: [
        ...before,
        { op: "add_node", node: step, container: place.container },
        { op: "connect", from: node.id, case: handle.id, to: id },
      ],
    },
  ];
}

/** What a branch may finish with: the end of the run, or inside of a body a result. */
function lastType(definitions: StepDefinitions, inBody: boolean): string | null {
  const fits = Object.values(definitions).find(
    (definition) => definition.available && (inBody ? definition.color === "output" : definition.endsRun === true),
  );
  return fits?.type ?? null;
}

function withoutDefault(node: SpecNode): SpecNode {
  const { defaultCase: _gone, ...rest } = node;
  return rest;
}
