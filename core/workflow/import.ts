import type { JsonObject } from "@/core/json";
import type { Issue, Spec } from "./document";
import type { ImportContext } from "./import-context";
import { importScope } from "./import-scope";
import { isJsonObject, jsonProblem, maxNesting, ownField, withoutKeys } from "@/core/json-guard";
import { sourceField } from "./source-record";
import type { ScopeSource } from "./source-record";
import type { StepDefinitions } from "./step-definition";
import { stepTypes } from "./step-types";

export type ImportResult = { ok: true; spec: Spec } | { ok: false; issues: Issue[] };

const documentKeys: ReadonlySet<string> = new Set(["specVersion", "inputSchema"]);

/**
 * Reads a spec in any spelling of the sources and gives the canonical form. Refused is only what has none: a wrong shape,
 * an unknown type, an id used twice, a branch with two different targets. Everything else is for `validateSpec` to find.
 */
export function importSpec(raw: unknown, definitions: StepDefinitions): ImportResult {
  const problem = jsonProblem(raw);
  if (problem === "too_deep")
    return refuse("too_large", `The document is nested more than ${maxNesting} levels deep. Flatten it.`);
  if (problem === "not_json") return refuse("invalid_shape", "The document holds values that JSON does not know.");
  if (!isJsonObject(raw)) return refuse("invalid_shape", "A spec is an object with nodes and edges.");
  const issues: Issue[] = [];
  const context: ImportContext = {
    types: stepTypes(definitions),
    seen: new Map(),
    issues,
    importBody: (body, path) => importScope(body, path, context),
  };
  const scope = importScope(withoutKeys(raw, documentKeys), "", context);
  const version = specVersion(raw, issues);
  const inputSchema = documentInputSchema(raw, scope.entry, issues);
  if (issues.length > 0) return { ok: false, issues };
  const source: ScopeSource = { ...scope.source, ...inputSchema.source };
  if (version !== undefined) source.specVersion = version;
  if (!Object.hasOwn(raw, "specVersion")) source.omitted = [...new Set([...(source.omitted ?? []), "specVersion"])];
  if (inputSchema.idle) source.fields = { ...source.fields, inputSchema: null };
  return {
    ok: true,
    spec: {
      specVersion: "1",
      startNodeId: scope.startNodeId,
      ...(inputSchema.value === undefined ? {} : { inputSchema: inputSchema.value }),
      nodes: scope.nodes,
      edges: scope.edges,
      ...sourceField(source),
    },
  };
}

function refuse(code: string, message: string): ImportResult {
  return { ok: false, issues: [{ code, severity: "error", path: "", message }] };
}

/** The spelling to remember, when it is not ours. */
function specVersion(raw: JsonObject, issues: Issue[]): number | undefined {
  const version = ownField(raw, "specVersion");
  if (version === undefined || version === "1") return undefined;
  if (version === 1) return 1;
  issues.push({
    code: "invalid_shape",
    severity: "error",
    path: "specVersion",
    message: 'This document is of a version that is not known here. Use specVersion "1".',
  });
  return undefined;
}

/** The schema stands on the document or on its entry node; in the canonical form always on the document. */
function documentInputSchema(
  raw: JsonObject,
  entry: JsonObject | null,
  issues: Issue[],
): { value?: JsonObject; source: { inputSchemaOf?: string }; idle: boolean } {
  const value = ownField(raw, "inputSchema");
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    issues.push({
      code: "invalid_shape",
      severity: "error",
      path: "inputSchema",
      message: "The input schema is a JSON Schema object.",
    });
  }
  const idle = value === null;
  if (isJsonObject(value)) return { value, source: {}, idle };
  const own = entry === null ? undefined : ownField(entry, "inputSchema");
  if (entry === null || !isJsonObject(own) || typeof entry["id"] !== "string") return { source: {}, idle };
  delete entry["inputSchema"];
  return { value: own, source: { inputSchemaOf: entry["id"] }, idle };
}
