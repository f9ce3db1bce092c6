import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defaultConfig } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import { starterNode } from "@/core/workflow/edit/compose";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { jsonSchemaOf } from "@/core/schema/json-schema-of";
import { configShape } from "@/core/workflow/node-fields";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { fieldChange, valueAt } from "@/components/builder/state/field-path";
import type { FieldPath } from "@/core/workflow/form-layout";
import { locateNode } from "@/components/builder/state/locate-node";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { layoutFields, type Control, type FieldSpec } from "@/core/workflow/form-layout";
import { formLayout } from "./form-layout";
import { controlOf } from "./schema-control";

const definitions: readonly AnyStepDefinition[] = Object.values(stepDefinitions);
const types = definitions.map((definition): [string, AnyStepDefinition] => [definition.type, definition]);

function documentWith(definition: AnyStepDefinition): EditableDocument {
  const starter = starterNode(definition.type, stepDefinitions, "it");
  // The default of a decision is one of its answers.
  const node = definition.type === "decision" ? { ...starter, cases: ["passed"] } : starter;
  return {
    spec: { specVersion: "1", startNodeId: "it", nodes: [node], edges: [] },
    triggers: [],
    config: defaultConfig,
  };
}

function edit(document: EditableDocument, path: FieldPath, value: unknown): EditableDocument {
  const node = nodeOf(document);
  const result = applyOperations(
    document,
    [{ op: "update_node", id: "it", changes: [fieldChange(node, path, value)] }],
    stepDefinitions,
    triggerDefinitions,
  );
  expect(result.refused).toEqual([]);
  return result.document;
}

function nodeOf(document: EditableDocument) {
  const located = locateNode(document.spec, "it");
  if (!located) throw new Error("The step is gone.");
  return located.node;
}

/** Something that a control of this kind would hand over. */
const samples: Record<Control["kind"], unknown> = {
  text: "some_text",
  template: "Dear ${input.name}",
  long_text: "Two\nlines",
  backoff: "exponential",
  expression: "input.amount > 1",
  items: "input.products",
  number: 3,
  choice: null,
  yes_no: true,
  texts: ["output.iban"],
  expressions: ["step.a.output.amount"],
  key_values: { "X-Trace": "${run.id}" },
  value: { total: "${input.amount}", list: [1, true, null] },
  json: { type: "object" },
  duration: "PT90M",
  assignees: ["role:manager", "jane@acme.com"],
  channels: ["email", "slack"],
  connection: "identity",
  action: "stripe.subscription.update",
  action_input: { customer: "${step.a.output.id}" },
  cases: ["passed", "failed"],
  default_case: "passed",
  workflow: "another-one",
  form_schema: { type: "object", properties: { a: { type: "string" } } },
  input_schema: { type: "object" },
  facts: [{ label: "Amount", value: "${input.amount}" }],
  deadline: 24,
  calendar: "team",
  reminders: ["50%", "PT4H"],
  on_timeout: "fail",
  on_reject: "fail",
  quorum: { mode: "all" },
  rule_table: { table: "spend", values: { amount: "${input.amount} EUR" } },
  comment_required: ["rejected"],
  editable_inputs: ["input.amount"],
};

function sampleOf({ control }: FieldSpec): unknown {
  return control.kind === "choice" ? control.options[0]?.value : samples[control.kind];
}

describe("M-3 the form of a step", () => {
  it("exists for all eighteen types", () => {
    expect(types).toHaveLength(18);
  });

  it.each(types)("%s: every own field has its place, once", (_, definition) => {
    const layout = formLayout(definition);
    const placed = layoutFields(layout).flatMap(({ path, also = [] }) => [path[0], ...also.map(([first]) => first)]);
    const offered = new Set([...placed, ...layout.notOffered]);
    expect([...offered].sort()).toEqual([...new Set([...Object.keys(configShape(definition)), ...offered])].sort());
    const paths = layoutFields(layout).map(({ path }) => path.join("."));
    expect(new Set(paths).size).toBe(paths.length);
    // A layout names no field that the type does not have.
    for (const name of offered) expect(Object.keys(configShape(definition))).toContain(name);
  });

  it.each(types)("%s: every field says what it is in words of its own", (_, definition) => {
    for (const { label, path } of layoutFields(formLayout(definition))) {
      expect(label).not.toBe("");
      expect(label).toMatch(/^[A-Z]/);
      expect(label).not.toBe(path.at(-1));
    }
  });

  it.each(types)(
    "%s: a value put into a field is in the document, is right there, and comes out again",
    (_, definition) => {
      for (const field of layoutFields(formLayout(definition)).filter(
        ({ control }) => control.kind !== "input_schema",
      )) {
        const before = documentWith(definition);
        const cleared = edit(before, field.path, undefined);
        const value = sampleOf(field);
        const after = edit(cleared, field.path, value);
        expect(valueAt(nodeOf(after), field.path)).toEqual(value);
        const [name = ""] = field.path;
        const schema = configShape(definition)[String(name)];
        expect({ field: field.path, ...schema?.safeParse(nodeOf(after)[String(name)]) }).toMatchObject({
          success: true,
        });
        expect(nodeOf(edit(after, field.path, undefined))).toEqual(nodeOf(cleared));
      }
    },
  );

  it("M-5 M-6 M-8 M-9 M-10 asks first for what the type is for", () => {
    const first = (type: keyof typeof stepDefinitions) =>
      layoutFields(formLayout(stepDefinitions[type]))[0]?.control.kind;
    expect(first("start")).toBe("input_schema");
    expect(first("tool_call")).toBe("action");
    expect(first("condition")).toBe("expression");
    expect(first("loop")).toBe("items");
    expect(first("output")).toBe("value");
  });

  it("K-17 K-22 K-30 has a control for each setting of the sources", () => {
    const paths = (type: keyof typeof stepDefinitions) =>
      layoutFields(formLayout(stepDefinitions[type])).map(({ path }) => path.join("."));
    expect(paths("service_call")).toEqual(["service", "method", "path", "query", "headers", "body"]);
    expect(paths("decision")).toEqual(["expression", "cases", "defaultCase"]);
    expect(paths("approval")).toEqual(expect.arrayContaining(["assignTo", "timeoutHours", "actionLabel"]));
    expect(formLayout(stepDefinitions.approval).notOffered).toEqual([]);
  });
});

describe("a type that no table describes", () => {
  const definition: AnyStepDefinition = {
    ...stepDefinitions.end,
    type: "brand_new",
    config: z.object({
      shipTo: z.string().describe("Where it goes"),
      speed: z.enum(["slow", "very_fast"]).default("slow"),
      boxes: z.int().min(1).max(9).optional(),
      fragile: z.boolean().optional(),
      labels: z.array(z.string()).optional(),
      extra: z.record(z.string(), z.json()).optional(),
      anything: z.json().optional(),
    }),
  };

  it("gets its whole form from its schema", () => {
    const fields = layoutFields(formLayout(definition));
    expect(fields.map(({ label }) => label)).toEqual([
      "Ship to",
      "Speed",
      "Boxes",
      "Fragile",
      "Labels",
      "Extra",
      "Anything",
    ]);
    expect(fields.map(({ control }) => control.kind)).toEqual([
      "template",
      "choice",
      "number",
      "yes_no",
      "texts",
      "key_values",
      "value",
    ]);
    expect(fields[0]).toMatchObject({ help: "Where it goes", optional: false });
    expect(fields[1]).toMatchObject({
      optional: true,
      control: { options: [{ label: "Slow" }, { label: "Very fast" }] },
    });
    expect(fields[2]?.control).toEqual({ kind: "number", whole: true, min: 1, max: 9 });
  });

  it("shows no bound that only says what a computer can count", () => {
    expect(controlOf(jsonSchemaOf(z.int()))).toEqual({ kind: "number", whole: true });
  });
});
