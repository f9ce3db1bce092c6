import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { changeHandles } from "@/core/workflow/edit/compose";
import type { SpecNode } from "@/core/workflow/document";
import { stepDefinitions } from "@/steps/definitions";

/** Operations that rename an answer of a decision; what was connected to it stays connected. */
export function renameCase(document: EditableDocument, node: SpecNode, from: string, to: string): Operation[] {
  const changes = [
    { path: ["cases"], value: casesOf(node).map((each) => (each === from ? to : each)) },
    ...(node["defaultCase"] === from ? [{ path: ["defaultCase"], value: to }] : []),
  ];
  return changeHandles(document, node.id, changes, new Map([[from, to]]), stepDefinitions);
}

/** Operations that take an answer away; its connections go with it. */
export function removeCase(node: SpecNode, label: string): Operation[] {
  return [
    {
      op: "update_node",
      id: node.id,
      changes: [
        { path: ["cases"], value: casesOf(node).filter((each) => each !== label) },
        ...(node["defaultCase"] === label ? [{ path: ["defaultCase"] }] : []),
      ],
    },
  ];
}

/** Why a label cannot be one more answer. */
export function caseProblem(cases: readonly string[], label: string): string | null {
  if (label === "") return "Give the answer a name.";
  if (label === "default" || label === "error") return `"${label}" has a meaning of its own. Choose another name.`;
  return cases.includes(label) ? `There is "${label}" already.` : null;
}

function casesOf(node: SpecNode): string[] {
  const { cases } = node;
  return Array.isArray(cases) ? cases.filter((each) => typeof each === "string") : [];
}
