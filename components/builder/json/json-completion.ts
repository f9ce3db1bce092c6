import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { cursorPlace, type CursorPlace } from "./cursor-place";
import { readLoose, type LooseNode } from "./loose-json";
import { allowedValues, childNode, describedBy, fieldsOf, schemasAt, typeWords } from "./schema-walk";

/** What is offered at the cursor. */
export interface JsonOption {
  label: string;
  /** Text to insert; `\${}` marks where the cursor goes. */
  insert: string;
  kind: "property" | "enum" | "step" | "variable" | "function";
  detail: string;
  info: string | null;
  required: boolean;
}

export interface JsonCompletion {
  from: number;
  to: number;
  options: JsonOption[];
}

export interface CompletionKnowledge {
  schema: JsonObject;
  definitions: StepDefinitions;
  actionIds: readonly string[];
}

/** Names and values that fit at a position: by the schema, by step types, by the steps that the text holds. */
export function completeJson(text: string, at: number, knowledge: CompletionKnowledge): JsonCompletion | null {
  const root = readLoose(text);
  const place = cursorPlace(root, at);
  const options =
    place.kind === "key" ? keyOptions(root, place, knowledge) : valueOptions(root, place, knowledge, text);
  return options.length === 0 ? null : { from: place.from, to: place.to, options };
}

function keyOptions(root: LooseNode | null, place: CursorPlace, { schema }: CompletionKnowledge): JsonOption[] {
  const object = place.around.at(-1);
  const taken = new Set(object?.entries.filter(({ keyFrom }) => keyFrom !== place.from).map(({ key }) => key) ?? []);
  return [...fieldsOf(schemasAt(schema, place.path, root))]
    .filter(([key]) => !taken.has(key) && key !== "x-source")
    .map(([key, field]) => {
      const schemas = schemasAt(schema, [...place.path, key], root);
      return {
        label: key,
        insert: place.hasColon ? JSON.stringify(key) : `${JSON.stringify(key)}: ${emptyValue(schemas)}`,
        kind: "property" as const,
        detail: typeWords(schemas),
        info: describedBy([...field.schemas, ...schemas]),
        required: field.required,
      };
    });
}

function valueOptions(
  root: LooseNode | null,
  place: CursorPlace,
  { schema, definitions, actionIds }: CompletionKnowledge,
  text: string,
): JsonOption[] {
  const key = place.path.at(-1);
  const schemas = schemasAt(schema, place.path, root);
  if (key === "tool") return actionIds.map((id) => said(id, "variable", "action"));
  const scope = scopeAround(place.around);
  if (scope && (key === "from" || key === "to" || key === "startNodeId"))
    return stepsOf(scope).map(({ id, type, name }) => said(id, "variable", definitions[type]?.title ?? type, name));
  if (scope && key === "case") return caseOptions(scope, place.around.at(-1) ?? null, definitions, text);
  const steps = schemas.flatMap((each) => stepOption(each, definitions));
  if (steps.length > 0) return steps;
  const values = schemas.flatMap((each) => {
    if (each["type"] === "boolean") return [true, false].map((value) => plain(value));
    return allowedValues(each).map((value) => {
      const definition = key === "type" && typeof value === "string" ? definitions[value] : undefined;
      return { ...plain(value), info: definition?.description ?? null, detail: definition?.title ?? "" };
    });
  });
  return [...new Map(values.map((option) => [option.label, option])).values()];
}

/** A whole step, where a step belongs. */
function stepOption(schema: JsonObject, definitions: StepDefinitions): JsonOption[] {
  const { properties } = schema;
  const type =
    isJsonObject(properties) && isJsonObject(properties["type"]) ? allowedValues(properties["type"])[0] : null;
  const definition = typeof type === "string" ? definitions[type] : undefined;
  if (!definition || !isJsonObject(properties) || properties["id"] === undefined) return [];
  return [
    {
      label: definition.type,
      insert: `{ "id": "\${}", "type": ${JSON.stringify(definition.type)} }`,
      kind: "step",
      detail: definition.title,
      info: definition.description,
      required: false,
    },
  ];
}

/** Ways out of the step that the connection comes from. */
function caseOptions(
  scope: LooseNode,
  edge: LooseNode | null,
  definitions: StepDefinitions,
  text: string,
): JsonOption[] {
  const from = childNode(edge, "from")?.text;
  const node = childNode(scope, "nodes")?.items.find((item) => childNode(item, "id")?.text === from);
  const definition = definitions[(node && childNode(node, "type")?.text) ?? ""];
  if (!node || !definition) return [];
  const config = definition.config.safeParse(parsed(text.slice(node.from, node.to)));
  const handles = config.success ? definition.handles(config.data) : [];
  const canFail = definition.canFail !== false;
  return [
    ...handles.map(({ id, label }) => said(id, "enum", label)),
    ...(canFail ? [said("error", "enum", "When it fails")] : []),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The spec or loop body that the cursor is in. */
function scopeAround(around: readonly LooseNode[]): LooseNode | null {
  return [...around].reverse().find((node) => childNode(node, "nodes")?.kind === "array") ?? null;
}

function stepsOf(scope: LooseNode): { id: string; type: string; name: string | null }[] {
  return (childNode(scope, "nodes")?.items ?? []).flatMap((item) => {
    const id = childNode(item, "id")?.text;
    return id ? [{ id, type: childNode(item, "type")?.text ?? "", name: childNode(item, "name")?.text ?? null }] : [];
  });
}

function said(value: string, kind: JsonOption["kind"], detail: string, info: string | null = null): JsonOption {
  return { label: value, insert: JSON.stringify(value), kind, detail, info, required: false };
}

function plain(value: unknown): JsonOption {
  const text = JSON.stringify(value);
  return {
    label: typeof value === "string" ? value : text,
    insert: text,
    kind: "enum",
    detail: "",
    info: null,
    required: false,
  };
}

const emptyByType: Readonly<Record<string, string>> = { string: '"${}"', object: "{ ${} }", array: "[${}]" };

function emptyValue(schemas: readonly JsonObject[]): string {
  const [first] = schemas;
  if (!first || schemas.length > 1) return "${}";
  const values = allowedValues(first);
  if (values.length === 1) return JSON.stringify(values[0]);
  if (first["default"] !== undefined && typeof first["default"] !== "object") return JSON.stringify(first["default"]);
  return (typeof first["type"] === "string" ? emptyByType[first["type"]] : undefined) ?? "${}";
}
