import { wordsOf } from "@/components/ui/name-words";
import { jsonSchemaOf } from "@/core/schema/json-schema-of";
import { configShape } from "@/core/workflow/node-fields";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { layoutFields, type FieldSpec, type FormLayout } from "@/core/workflow/form-layout";
import { stepForm } from "@/steps/forms";
import { controlOf } from "./schema-control";

const made = new WeakMap<AnyStepDefinition, FormLayout>();

/**
 * The form of a step type: as its folder says it, with every field of the type's schema that is not mentioned there
 * after it. A type that says nothing gets its whole form from its schema.
 */
export function formLayout(definition: AnyStepDefinition): FormLayout {
  const known = made.get(definition);
  if (known) return known;
  const written = stepForm(definition.type) ?? { groups: [], notOffered: [] };
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
