import { AppError, type ErrorDetail } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { configFields } from "@/core/workflow/workflow-config";
import type { WorkflowDocument } from "@/core/workflow/workflow-document";
import { workApart } from "@/server/apart/work-apart";
import type { VersionRow, WorkflowRow } from "./repository";
import { refuseBadSecrets, refuseSecrets, takeSecrets, type TriggerSecrets } from "./trigger-secrets";

/** What a workflow created without triggers listens to. */
const defaultTriggers: Trigger[] = [{ id: "api", type: "api" }];

const documentFields = [
  "slug",
  "name",
  "description",
  "triggers",
  "triggerType",
  "triggerSpec",
  "config",
  "spec",
] as const;
const triggerFields: readonly string[] = ["triggers", "triggerType", "triggerSpec"];

export interface ReadDocument {
  document: WorkflowDocument;
  /** Webhook secrets that were given, by trigger id: they are sealed beside the version, never in it. */
  secrets: TriggerSecrets;
}

/** Reads a workflow document in any spelling; refuses what has no canonical form. */
export async function readDocument(organizationId: string, raw: JsonObject): Promise<ReadDocument> {
  refuseBadSecrets(raw);
  const { cleaned, secretsOf } = takeSecrets(raw);
  const imported = await workApart(organizationId, "importDocument", cleaned);
  if (!imported.ok) throw unreadable(imported.issues);
  return { document: imported.document, secrets: secretsOf(imported.document.triggers ?? []) };
}

export function unreadable(issues: readonly Issue[]): AppError {
  const [first] = issues;
  return new AppError(
    "validation_failed",
    `This workflow cannot be read: ${first?.message ?? "its form is not known."}`,
    issues.map(issueDetail),
  );
}

/** The stored workflow with some of its fields replaced, read like a new one. */
export async function changeDocument(
  organizationId: string,
  { workflow, head }: { workflow: WorkflowRow; head: VersionRow },
  changes: JsonObject,
): Promise<WorkflowDocument> {
  refuseSecrets(changes);
  refuseBlankName(changes["name"]);
  const merged = await workApart(organizationId, "exportDocument", storedDocument(workflow, head));
  const given = documentFields.filter((field) => changes[field] !== undefined);
  if (given.some((field) => triggerFields.includes(field)))
    for (const field of triggerFields) Reflect.deleteProperty(merged, field);
  for (const field of given) {
    const value = changes[field] ?? null;
    merged[field] =
      field === "config" && isJsonObject(value) && isJsonObject(merged[field])
        ? mergedConfig(merged[field], value)
        : value;
  }
  if (given.includes("triggers"))
    merged["triggers"] = namedTriggers(merged["triggers"] ?? null, storedDocument(workflow, head));
  return (await readDocument(organizationId, merged)).document;
}

/** Left out it stays; a blank one would look as if it had been taken. */
function refuseBlankName(name: Json | undefined): void {
  if (typeof name === "string" && name.trim() === "") throw noName();
}

export function noName(): AppError {
  return new AppError("validation_failed", "The workflow has no name. Give it one.", [
    { code: "required", severity: "error", path: "name", message: "Give the workflow a name." },
  ]);
}

/** A trigger that is given without its id is the one of its kind that was there: its address and its secret stay with it. */
function namedTriggers(given: Json, { triggers }: Pick<WorkflowDocument, "triggers">): Json {
  if (!Array.isArray(given)) return given;
  const named = new Set(
    given.flatMap((each) => (isJsonObject(each) && typeof each["id"] === "string" ? [each["id"]] : [])),
  );
  const free = (triggers ?? []).filter(({ id }) => !named.has(id));
  return given.map((each) => {
    if (!isJsonObject(each) || (each["id"] ?? null) !== null) return each;
    const at = free.findIndex(({ type }) => type === each["type"]);
    return at < 0 ? each : { ...each, id: free.splice(at, 1)[0]?.id ?? null };
  });
}

/** Null takes a setting away that nobody knows. */
function mergedConfig(before: JsonObject, changes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...before, ...changes }).filter(
      ([name, value]) => value !== null || Object.hasOwn(configFields, name),
    ),
  );
}

/** As it is kept: what validation and the engine read, and what an export in the author's spelling needs. */
export function storedDocument(
  workflow: Pick<WorkflowRow, "slug" | "name" | "description">,
  version: Pick<VersionRow, "spec" | "source" | "triggers" | "config">,
): WorkflowDocument {
  const { spec, triggers, config, source } = checkedParts(version);
  const unsaid = !("triggers" in source) && sameJson(triggers, defaultTriggers);
  return {
    slug: workflow.slug,
    name: workflow.name,
    description: workflow.description,
    triggers: unsaid ? null : triggers,
    config,
    spec,
    source,
  };
}

/** What is checked of a version: its parts, and how they were written. */
export function checkedParts(
  version: Pick<VersionRow, "spec" | "source" | "triggers" | "config">,
): ReturnType<typeof readVersion> & { source: JsonObject } {
  // jsonb columns hold JSON; this one was written from a document's `source`.
  return { ...readVersion(version), source: (version.source ?? {}) as JsonObject };
}

/** A version's parts with their types: written only after an import that checked them. */
export function readVersion({ spec, triggers, config }: Pick<VersionRow, "spec" | "triggers" | "config">): {
  spec: Spec;
  triggers: Trigger[];
  config: WorkflowConfig;
} {
  return {
    spec: spec as unknown as Spec,
    triggers: triggers as unknown as Trigger[],
    config: config as unknown as WorkflowConfig,
  };
}

/** The columns of a version. */
export function versionParts(document: WorkflowDocument): {
  spec: JsonObject;
  source: JsonObject;
  triggers: Json[];
  config: JsonObject;
} {
  // Imported from JSON and so JSON; their types only leave fields open.
  return {
    spec: document.spec as unknown as JsonObject,
    source: document.source,
    triggers: (document.triggers ?? defaultTriggers) as unknown as Json[],
    config: document.config as unknown as JsonObject,
  };
}

/** A finding as a detail of an answer; paths of a spec's findings are given from the document. */
export function issueDetail({ code, severity, path, message }: Issue): Required<ErrorDetail> {
  return { code, severity, path, message };
}
