import { wordsOf } from "@/components/ui/name-words";
import { jsonSchemaOf } from "@/core/schema/json-schema-of";
import { configShape } from "@/core/workflow/node-fields";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { layoutFields, type FieldSpec, type FormLayout } from "./field-spec";
import { llmLayout, serviceCallLayout, toolCallLayout, webhookEmitLayout } from "./layouts-actions";
import {
  conditionLayout,
  decisionLayout,
  endLayout,
  outputLayout,
  parallelLayout,
  startLayout,
  subworkflowLayout,
  transformLayout,
} from "./layouts-flow";
import { loopLayout, waitLayout } from "./layouts-ways";
import { approvalLayout, collectFormLayout, handoffLayout, notifyLayout } from "./layouts-people";
import { controlOf } from "./schema-control";

const layouts: Readonly<Record<string, FormLayout>> = {
  start: startLayout,
  tool_call: toolCallLayout,
  service_call: serviceCallLayout,
  condition: conditionLayout,
  decision: decisionLayout,
  transform: transformLayout,
  llm: llmLayout,
  loop: loopLayout,
  collect_form: collectFormLayout,
  approval: approvalLayout,
  human_handoff: handoffLayout,
  notify: notifyLayout,
  webhook_emit: webhookEmitLayout,
  wait: waitLayout,
  subworkflow: subworkflowLayout,
  parallel: parallelLayout,
  output: outputLayout,
  end: endLayout,
};

const made = new WeakMap<AnyStepDefinition, FormLayout>();

/**
 * The form of a step type: as the table says it, with every field of the type's schema that the table does not mention
 * after it. A type without a table gets its whole form from its schema.
 */
export function formLayout(definition: AnyStepDefinition): FormLayout {
  const known = made.get(definition);
  if (known) return known;
  const written = layouts[definition.type] ?? { groups: [], notOffered: [] };
  const mentioned = new Set([
    ...written.notOffered,
    ...layoutFields(written).flatMap(({ path, also = [] }) => [path[0], ...also.map(([first]) => first)]),
  ]);
  const fields = Object.entries(configShape(definition)).flatMap(([name, schema]): FieldSpec[] => {
    if (mentioned.has(name)) return [];
    const json = jsonSchemaOf(schema);
    const help = json["description"];
    return [
      {
        path: [name],
        label: wordsOf(name),
        ...(typeof help === "string" ? { help } : {}),
        optional: schema.safeParse(undefined).success,
        control: controlOf(json),
      },
    ];
  });
  const layout: FormLayout =
    fields.length === 0 ? written : { ...written, groups: [...written.groups, { title: null, fields }] };
  made.set(definition, layout);
  return layout;
}
