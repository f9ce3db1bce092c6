import { plainProblem } from "@/core/plain-problem";
import type { Json, JsonObject } from "@/core/json";
import type { Issue, Spec, SpecNode, Trigger, WorkflowConfig } from "@/core/workflow/document";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { jsonProblem, sameJson } from "@/core/json-guard";
import { importTriggers } from "@/core/workflow/triggers";
import { importConfig, workflowConfigSchema } from "@/core/workflow/workflow-config";
import type { EditSession } from "./edit-session";
import { openSession, reopen } from "./edit-session";
import { changeFields } from "./field-changes";
import { nodeProblem } from "./node-problem";
import type { EditableDocument, Operation } from "./operation";
import type { OperationOf, Outcome } from "./outcome";

export function setInputSchema(session: EditSession, { schema }: OperationOf<"set_input_schema">): Outcome {
  const { document } = session;
  const { inputSchema: before, ...spec } = document.spec;
  if (schema !== null && jsonProblem(schema, 2) !== null)
    return { reason: "The input schema is nested too deep, or holds values that JSON does not know." };
  session.document = { ...document, spec: schema === null ? spec : { ...document.spec, inputSchema: schema } };
  return { inverse: [{ op: "set_input_schema", schema: before ?? null }] };
}

export function setConfig(session: EditSession, { changes }: OperationOf<"set_config">): Outcome {
  const { document } = session;
  const unknown = changes.find(({ path }) => !Object.hasOwn(workflowConfigSchema.shape, String(path[0])));
  if (unknown !== undefined) return { reason: `A workflow has no setting "${unknown.path.join(".")}".` };
  // Settings hold JSON alone.
  const changed = changeFields(document.config as unknown as JsonObject, changes);
  if (!changed.ok) return { reason: changed.reason };
  if (jsonProblem(changed.value, 1) !== null)
    return { reason: "The settings are nested too deep, or hold values that JSON does not know." };
  const read = workflowConfigSchema.safeParse(changed.value, { error: plainProblem });
  const [problem] = read.error?.issues ?? [];
  if (!read.success)
    return { reason: `"${problem?.path.map(String).join(".") ?? ""}" is not right. ${problem?.message ?? ""}` };
  const config: WorkflowConfig = read.data;
  const lost = Object.entries(changed.value).find(
    ([key, value]) => !sameJson(Object.entries(config).find(([name]) => name === key)?.[1], value),
  );
  if (lost !== undefined) return { reason: `"${lost[0]}" holds fields that are not known there.` };
  if (sameJson(config, document.config)) return { inverse: [] };
  session.document = { ...document, config };
  return { inverse: [{ op: "set_config", changes: changed.undo }] };
}

export function putTrigger(session: EditSession, operation: OperationOf<"put_trigger">): Outcome {
  const { document } = session;
  const issues: Issue[] = [];
  const given: Json = JSON.parse(JSON.stringify(operation.trigger)) as Json;
  const [trigger] =
    jsonProblem(given, 2) === null ? (importTriggers({ triggers: [given] }, issues, session.triggers) ?? []) : [];
  if (trigger === undefined) return { reason: issues[0]?.message ?? "This trigger cannot be read." };
  const { triggers } = document;
  const position = triggers.findIndex(({ id }) => id === trigger.id);
  const before = triggers[position];
  if (before === undefined) {
    session.document = { ...document, triggers: triggers.toSpliced(operation.index ?? triggers.length, 0, trigger) };
    return { inverse: [{ op: "remove_trigger", id: trigger.id }] };
  }
  const rest = triggers.toSpliced(position, 1);
  session.document = { ...document, triggers: rest.toSpliced(operation.index ?? position, 0, trigger) };
  return { inverse: [{ op: "put_trigger", trigger: before, index: position }] };
}

export function removeTrigger(session: EditSession, { id }: OperationOf<"remove_trigger">): Outcome {
  const { document } = session;
  const { triggers } = document;
  const position = triggers.findIndex((trigger) => trigger.id === id);
  const trigger = triggers[position];
  if (trigger === undefined) return { reason: `There is no trigger "${id}" any more.` };
  session.document = { ...document, triggers: triggers.toSpliced(position, 1) };
  // With a second trigger of the same id (imports may have one), putting it back would replace that one.
  const twin = session.document.triggers.some((other) => other.id === id);
  const inverse: Operation = twin
    ? { op: "replace_document", document }
    : { op: "put_trigger", trigger, index: position };
  return { inverse: [inverse] };
}

export function replaceDocument(session: EditSession, operation: OperationOf<"replace_document">): Outcome {
  const before = session.document;
  const read = readDocument(operation.document, session);
  if (!read.ok) return { reason: read.reason };
  reopen(session, shared(before, read.document));
  return { inverse: [{ op: "replace_document", document: before }] };
}

type ReadDocument = { ok: true; document: EditableDocument } | { ok: false; reason: string };

/** In any spelling; a document that is canonical already is taken over as it is. */
function readDocument(given: EditableDocument, session: EditSession): ReadDocument {
  const issues: Issue[] = [];
  if (jsonProblem(given) !== null)
    return { ok: false, reason: "The document is nested too deep, or holds values that JSON does not know." };
  const spec = importSpec(given.spec, session.definitions);
  if (!spec.ok) return { ok: false, reason: spec.issues[0]?.message ?? "The document cannot be read." };
  // It is JSON, as was just found out.
  const raw = given as unknown as JsonObject;
  const triggers = importTriggers({ triggers: raw["triggers"] ?? [] }, issues, session.triggers);
  const config = importConfig(raw["config"], issues);
  if (triggers === null || config === null || issues.length > 0)
    return { ok: false, reason: issues[0]?.message ?? "The triggers or the configuration cannot be read." };
  return {
    ok: true,
    document: {
      spec: isCanonical(given.spec, spec.spec, session) ? given.spec : spec.spec,
      triggers: sameJson(triggers, given.triggers) ? given.triggers : triggers,
      config: sameJson(config.config, given.config) ? given.config : config.config,
    },
  };
}

/**
 * Reading it changes nothing, or only moves the input schema from the first step to the document: an edit may have taken the
 * document's own away.
 */
function isCanonical(given: Spec, read: Spec, { definitions }: EditSession): boolean {
  if (sameJson(read, given)) return true;
  const spec: Spec = { ...read, nodes: given.nodes };
  delete spec.inputSchema;
  if (given.inputSchema !== undefined || !sameJson({ ...spec, ...sourceOf(given) }, given)) return false;
  const session = openSession({ spec: given, triggers: [], config: defaultConfig }, definitions);
  return given.nodes.every((node) => nodeProblem(session, node, null, "with_body") === null);
}

function sourceOf(spec: Spec): Pick<Spec, "x-source"> {
  return { "x-source": spec["x-source"] };
}

/** Steps that stayed the same stay the same objects, so that nothing is drawn again for them. */
function shared(before: EditableDocument, after: EditableDocument): EditableDocument {
  const known = new Map(before.spec.nodes.map((node) => [node.id, node]));
  const keep = (node: SpecNode): SpecNode => {
    const old = known.get(node.id);
    return old !== undefined && sameJson(old, node) ? old : node;
  };
  return {
    spec: { ...after.spec, nodes: after.spec.nodes.map(keep) },
    triggers: sameJson(before.triggers, after.triggers) ? before.triggers : (after.triggers satisfies Trigger[]),
    config: sameJson(before.config, after.config) ? before.config : after.config,
  };
}
