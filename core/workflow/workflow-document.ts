import type { Json, JsonObject } from "@/core/json";
import type { Issue, Spec, Trigger, WorkflowConfig } from "./document";
import { defaultConfig } from "./document";
import { exportSpec } from "./export";
import { importSpec } from "./import";
import { isJsonObject, jsonProblem, maxNesting, ownField, sameJson, withoutKeys } from "@/core/json-guard";
import type { StepDefinitions } from "./step-definition";
import type { TriggerDefinitions } from "./trigger-definition";
import { importTriggers } from "./triggers";
import { importConfig } from "./workflow-config";

export { triggerView } from "./triggers";

/** A workflow as files and REST carry it. */
export interface WorkflowDocument {
  slug?: string;
  name?: string;
  description?: string;
  /** Null: the document does not say. */
  triggers: Trigger[] | null;
  config: WorkflowConfig;
  /** Operational, not versioned: undefined where the document does not say. */
  enabled?: boolean;
  whileDraft?: "serve_published" | "block";
  /** Publishing waits for a second person, where the document comes from. A document never says that it does not. */
  reviewRequired?: true;
  spec: Spec;
  /** What an export needs to give back the imported spelling. */
  source: JsonObject;
}

export type WorkflowDocumentImport = { ok: true; document: WorkflowDocument } | { ok: false; issues: Issue[] };

const textKeys = ["slug", "name", "description"] as const;
/** The parts of a workflow document. */
export const documentKeys = [
  ...textKeys,
  "triggers",
  "triggerType",
  "triggerSpec",
  "config",
  "reviewRequired",
  "spec",
] as const;
const knownKeys: ReadonlySet<string> = new Set(documentKeys);
const spellingKeys: ReadonlySet<string> = new Set(["triggers", "triggerType", "triggerSpec"]);

/** Reads a whole workflow document. Paths of issues start at the document: `spec.nodes[3].type`. */
export function importWorkflowDocument(
  raw: unknown,
  definitions: StepDefinitions,
  triggerDefinitions: TriggerDefinitions,
): WorkflowDocumentImport {
  const problem = jsonProblem(raw);
  if (problem === "too_deep")
    return refuse("too_large", `The document is nested more than ${maxNesting} levels deep. Flatten it.`);
  if (problem === "not_json" || !isJsonObject(raw))
    return refuse("invalid_shape", "A workflow document is a JSON object with name and spec.");
  const issues: Issue[] = [];
  const texts = importTexts(raw, issues);
  const triggers = importTriggers(raw, issues, triggerDefinitions);
  const config = importConfig(ownField(raw, "config"), issues);
  const spec = importSpec(ownField(raw, "spec") ?? null, definitions);
  if (!spec.ok)
    issues.push(...spec.issues.map((issue) => ({ ...issue, path: issue.path === "" ? "spec" : `spec.${issue.path}` })));
  if (!spec.ok || config === null || issues.length > 0) return { ok: false, issues };
  const { unknown: _kept, ...settings } = config;
  const review = ownField(raw, "reviewRequired") === true ? { reviewRequired: true as const } : {};
  return { ok: true, document: { ...texts, triggers, ...settings, ...review, spec: spec.spec, source: sourceOf(raw) } };
}

/** The document as it was imported (order of keys aside), edits included. */
export function exportWorkflowDocument(
  document: WorkflowDocument,
  definitions: StepDefinitions,
  triggerDefinitions: TriggerDefinitions,
): JsonObject {
  const { source } = document;
  const fields = ownField(source, "fields");
  const texts = textKeys.flatMap((key): [string, Json][] =>
    document[key] === undefined ? [] : [[key, document[key]]],
  );
  return Object.fromEntries([
    ...(isJsonObject(fields) ? Object.entries(fields) : []),
    ...texts,
    ...exportTriggers(document, triggerDefinitions),
    ...exportConfig(document),
    ...(document.reviewRequired ? ([["reviewRequired", true]] satisfies [string, Json][]) : []),
    ["spec", exportSpec(document.spec, definitions)] satisfies [string, Json],
  ]);
}

function refuse(code: string, message: string): WorkflowDocumentImport {
  return { ok: false, issues: [{ code, severity: "error", path: "", message }] };
}

function importTexts(raw: JsonObject, issues: Issue[]): Partial<Record<(typeof textKeys)[number], string>> {
  return Object.fromEntries(
    textKeys.flatMap((key) => {
      const value = ownField(raw, key);
      if (value === undefined || value === null) return [];
      if (typeof value === "string") return [[key, value]];
      issues.push({ code: "invalid_shape", severity: "error", path: key, message: `"${key}" is a text.` });
      return [];
    }),
  );
}

function sourceOf(raw: JsonObject): JsonObject {
  const fields = Object.fromEntries(
    Object.entries(raw).filter(
      ([key, value]) => !knownKeys.has(key) || (value === null && textKeys.some((text) => text === key)),
    ),
  );
  const triggers = Object.fromEntries(Object.entries(raw).filter(([key]) => spellingKeys.has(key)));
  const config = ownField(raw, "config");
  return {
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(Object.keys(triggers).length === 0 ? {} : { triggers }),
    ...(config === undefined ? {} : { config }),
  };
}

/** Spelled as they were, while they still mean the same. */
function exportTriggers({ triggers, source }: WorkflowDocument, definitions: TriggerDefinitions): [string, Json][] {
  const written = ownField(source, "triggers");
  if (isJsonObject(written) && sameJson(importTriggers(written, [], definitions), triggers))
    return Object.entries(written);
  // Every field of a trigger came from JSON; its type leaves them open.
  return triggers === null ? [] : [["triggers", triggers as unknown as Json]];
}

function exportConfig({ config, enabled, whileDraft, source }: WorkflowDocument): [string, Json][] {
  const written = ownField(source, "config");
  const before = importConfig(written, []);
  const same =
    before !== null &&
    sameJson(before.config, config) &&
    before.enabled === enabled &&
    before.whileDraft === whileDraft;
  if (same) return written === undefined ? [] : [["config", written]];
  const changed = Object.entries(config).filter(
    ([key, value]) => !sameJson(value, Object.entries(defaultConfig).find(([name]) => name === key)?.[1]),
  );
  const fields = {
    ...before?.unknown,
    ...Object.fromEntries(changed),
    ...(enabled === undefined ? {} : { enabled }),
    ...(whileDraft === undefined ? {} : { whileDraft }),
  };
  return [["config", withoutKeys(fields, new Set())]];
}
