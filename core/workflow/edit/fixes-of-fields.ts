import { renameStepsInExpression, renameStepsInTemplates } from "@/core/expression/rename-steps";
import { expressionReferences, templateReferences } from "@/core/expression/references";
import type { Json } from "@/core/json";
import { fieldPathText } from "@/core/workflow/field-path";
import { sameJson } from "@/core/json-guard";
import { nearest } from "@/core/nearest";
import { configShape, isCommonField } from "@/core/workflow/node-fields";
import { expressionSites } from "@/core/workflow/rules/sites";
import { indexSpec } from "@/core/workflow/spec-index";
import { visibleSteps } from "@/core/workflow/visible-steps";
import { fieldLabel, valueWords } from "./change-words";
import { valueAt } from "./issue-place";
import type { FixMaker } from "./quick-fix";

/** A day, unless somebody knows better. */
export const approvalTimeout: FixMaker = ({ place }) =>
  place.node === undefined
    ? []
    : [
        {
          label: "Wait 24 hours at most",
          operations: [{ op: "update_node", id: place.node.id, changes: [{ path: ["timeoutHours"], value: 24 }] }],
        },
      ];

/** The step that was most likely meant, among those that come before. */
export const unknownReference: FixMaker = ({ document, definitions, place }) => {
  const { node, field } = place;
  const index = indexSpec(document.spec, definitions);
  const indexed = node === undefined ? undefined : index.nodes.get(node.id);
  // Expressions come from JSON.
  const value = valueAt(node, field) as Json | undefined;
  if (node === undefined || indexed === undefined || value === undefined) return [];
  const text = fieldPathText(field);
  const site = expressionSites(indexed).find(({ path, kind }) => kind === "expression" && path === text);
  const visible = new Set(visibleSteps(index, node.id, site?.insideBody).map((step) => step.node.id));
  const { steps } = site === undefined ? templateReferences(value) : expressionReferences(value);
  const names = new Map<string, string>();
  for (const id of steps) {
    const meant = visible.has(id) ? null : nearest(id, visible);
    if (meant !== null) names.set(id, meant);
    // One that nobody can guess keeps the finding alive.
    else if (!visible.has(id)) return [];
  }
  if (names.size === 0) return [];
  const fixed = site === undefined ? renameStepsInTemplates(value, names) : renameStepsInExpression(value, names);
  if (sameJson(fixed, value)) return [];
  const words = [...names].map(([from, to]) => `"${to}" instead of "${from}"`).join(", ");
  return [
    {
      label: `Use ${words}`,
      operations: [{ op: "update_node", id: node.id, changes: [{ path: field, value: fixed }] }],
    },
  ];
};

/** A field that is not right, where the step knows what to do without it. */
export const fieldToDefault: FixMaker = ({ place, definitions }) => {
  const { node, field } = place;
  const [name] = field;
  const definition = node === undefined ? undefined : definitions[node.type];
  if (node === undefined || definition === undefined || typeof name !== "string" || isCommonField(name)) return [];
  const schema = configShape(definition)[name];
  if (schema === undefined || !Object.hasOwn(node, name) || schema.safeParse(node[name]).success) return [];
  const without = schema.safeParse(undefined);
  if (!without.success) return [];
  // Defaults of step types are JSON.
  const words = without.data === undefined ? null : valueWords([name], without.data as Json);
  const label =
    words === null ? `Leave out "${fieldLabel([name])}"` : `Use the default for "${fieldLabel([name])}": ${words}`;
  return [{ label, operations: [{ op: "update_node", id: node.id, changes: [{ path: [name] }] }] }];
};
