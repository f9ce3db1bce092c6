import type { Json, JsonObject } from "@/core/json";
import { plainProblem } from "@/core/plain-problem";
import type { ImportContext, ImportedNode } from "./import-context";
import { isJsonObject, ownField, sameJson } from "@/core/json-guard";
import { commonFields, commonNodeSchema, configShape, isCommonField, isIdleNull } from "./node-fields";
import { renameFields } from "./rename-fields";
import { nodeSource, readSource, sourceField } from "./source-record";
import type { NodeSource, Target } from "./source-record";
import type { AnyStepDefinition } from "./step-definition";
import { takeTarget } from "./waiting-fields";

interface Surroundings {
  isNode(id: string): boolean;
  edgeCases(id: string): readonly string[];
}

/** A node in its canonical form; null after an issue was noted. */
export function importNode(
  raw: Json,
  path: string,
  surroundings: Surroundings,
  context: ImportContext,
): ImportedNode | null {
  const head = readHead(raw, path, context);
  if (head === null) return null;
  const { id, definition, node } = head;
  const common = Object.fromEntries(
    Object.entries(node).filter(([key, value]) => isCommonField(key) && key !== "x-source" && value !== null),
  );
  const own = Object.fromEntries(Object.entries(node).filter(([key]) => !isCommonField(key)));
  const onError = takeTarget(common, "onError", "error", { words: ["fail", "continue"], isNode: surroundings.isNode });
  const renamed = renameFields(own, definition.spellings ?? {});
  const normalized = definition.normalize?.(renamed, {
    edgeCases: surroundings.edgeCases(id),
    isNode: surroundings.isNode,
  }) ?? { fields: renamed, targets: [] };
  const before = { ...own, ...("onError" in common ? { onError: common["onError"] ?? null } : {}) };
  const shape = configShape(definition);
  const isKnown = ([key, value]: [string, Json]): boolean =>
    Object.hasOwn(shape, key) && !isIdleNull(shape[key], value);
  const entries = Object.entries(normalized.fields);
  const known = entries.filter(isKnown);
  // What became of a field that the type does not know is in the edges; the field itself is remembered as it was given.
  const unknown = entries.filter(
    (entry) => !isKnown(entry) && Object.hasOwn(own, entry[0]) && sameJson(own[entry[0]], entry[1]),
  );
  const after = {
    ...Object.fromEntries([...known, ...unknown]),
    ...("onError" in onError.fields ? { onError: onError.fields["onError"] ?? null } : {}),
  };
  const targets = [...normalized.targets, ...onError.targets];
  const idle = Object.entries(node).filter(([key, value]) => Object.hasOwn(commonFields, key) && value === null);
  const fields = importBody(Object.fromEntries(known), definition, path, context);
  const canonical = { ...onError.fields, id, type: definition.type };
  for (const issue of commonNodeSchema.safeParse(canonical, { error: plainProblem }).error?.issues ?? []) {
    const at = issue.path.map(String).join(".");
    context.issues.push({
      code: "invalid_shape",
      severity: "error",
      path: `${path}.${at}`,
      nodeId: id,
      message: `"${at}" is not right. ${issue.message}`,
    });
  }
  const source = nodeRecord(node, definition, [...unknown, ...idle], changes(before, after), targets);
  return {
    definition,
    path,
    targets,
    node: { id, type: definition.type, ...withoutHead(onError.fields), ...fields, ...sourceField(source) },
  };
}

function readHead(
  raw: Json,
  path: string,
  { issues, seen, types }: ImportContext,
): { id: string; definition: AnyStepDefinition; node: JsonObject } | null {
  const wrong = (at: string, message: string): null => {
    issues.push({ code: "invalid_shape", severity: "error", path: at, message });
    return null;
  };
  // The document is refused anyway; a hundred reasons are enough.
  if (issues.length >= 100) return null;
  if (!isJsonObject(raw)) return wrong(path, "A step is an object with id and type.");
  const id = ownField(raw, "id");
  const type = ownField(raw, "type");
  if (typeof id !== "string" || id === "")
    return wrong(`${path}.id`, "The step has no id. Give it one that no other step has.");
  if (typeof type !== "string") return wrong(`${path}.type`, `Step "${id}" has no type.`);
  const first = seen.get(id);
  if (first !== undefined) {
    issues.push({
      code: "duplicate_id",
      severity: "error",
      path: `${path}.id`,
      nodeId: id,
      message: `Two steps have the id "${id}" (the other is ${first}). Rename one of them.`,
    });
    return null;
  }
  seen.set(id, path);
  const definition = types.resolve(type);
  if (definition === null) {
    issues.push({
      code: "unknown_type",
      severity: "error",
      path: `${path}.type`,
      nodeId: id,
      message: types.unknownTypeMessage(type),
    });
    return null;
  }
  return { id, definition, node: raw };
}

/** The inner document of a container, by convention in its field `body`. */
function importBody(
  fields: JsonObject,
  definition: AnyStepDefinition,
  path: string,
  context: ImportContext,
): JsonObject {
  const body = ownField(fields, "body");
  if (definition.body === undefined || body === undefined) return fields;
  if (!isJsonObject(body)) {
    context.issues.push({
      code: "invalid_shape",
      severity: "error",
      path: `${path}.body`,
      message: "The body of a step is an object with nodes and edges.",
    });
    return fields;
  }
  const { startNodeId, nodes, edges, source } = context.importBody(body, `${path}.body.`);
  // Nodes and edges hold JSON only; their types leave the fields of each step type open.
  return { ...fields, body: { startNodeId, nodes, edges, ...sourceField(source) } as unknown as JsonObject };
}

/** The fields that came out differently, as they went in and as they came out. */
function changes(before: JsonObject, after: JsonObject): { given: JsonObject; became: JsonObject } {
  const differs = (key: string) =>
    !Object.hasOwn(before, key) || !Object.hasOwn(after, key) || !sameJson(before[key], after[key]);
  const pick = (object: JsonObject) => Object.fromEntries(Object.entries(object).filter(([key]) => differs(key)));
  return { given: pick(before), became: pick(after) };
}

function nodeRecord(
  raw: JsonObject,
  definition: AnyStepDefinition,
  unknown: [string, Json][],
  changed: { given: JsonObject; became: JsonObject },
  targets: Target[],
): NodeSource {
  const given = ownField(raw, "x-source");
  const own = readSource(nodeSource, given);
  const kept =
    own === null && given !== undefined ? [...unknown, ["x-source", given] satisfies [string, Json]] : unknown;
  const rewritten = Object.keys(changed.given).length + Object.keys(changed.became).length > 0;
  return {
    ...own,
    ...(typeof raw["type"] === "string" && raw["type"] !== definition.type ? { type: raw["type"] } : {}),
    ...(kept.length === 0 ? {} : { fields: Object.fromEntries([...Object.entries(own?.fields ?? {}), ...kept]) }),
    ...(rewritten ? { ...changed, targets } : {}),
  };
}

function withoutHead({ id: _id, type: _type, ...fields }: JsonObject): JsonObject {
  return fields;
}
