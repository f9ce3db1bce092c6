import { connectorCatalog } from "@/connectors/definitions";
import type { LiveRule } from "@/core/approver-rules/document";
import { findInadmissible } from "@/core/admissible-json";
import { peopleOf, type DirectoryFacts } from "@/core/directory";
import type { JsonObject } from "@/core/json";
import { askedValues } from "@/core/schema/asked-schema";
import { fillDefaults } from "@/core/schema/fill-defaults";
import { answerProblems, unaskedFields } from "@/core/schema/form-answers";
import { validateAgainstSchema, type SchemaIssue } from "@/core/schema/validate-input";
import type { Issue, Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import { diffDocuments } from "@/core/workflow/edit/diff-documents";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import type { AppliedBatch, EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { specGraph } from "@/core/workflow/graph";
import { readJson, type TextPlace } from "@/core/workflow/json-places";
import { indexSpec } from "@/core/workflow/spec-index";
import { validateSpec } from "@/core/workflow/validate";
import { spellPath } from "@/core/spell-path";
import {
  exportWorkflowDocument,
  importWorkflowDocument,
  type WorkflowDocument,
  type WorkflowDocumentImport,
} from "@/core/workflow/workflow-document";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { diffVersions, type VersionedParts } from "./diff-versions";

/** A document and what is known of its organization. */
export interface CheckedParts extends KnownParts {
  spec: Spec;
  triggers: readonly Trigger[] | null;
  config: WorkflowConfig;
  source?: JsonObject;
}

/** What validation must know of an organization, as data. */
export interface KnownParts {
  connections: readonly string[];
  directory: DirectoryFacts;
  approverRules?: readonly LiveRule[];
  calendars?: readonly { slug: string; name: string }[];
  events: { received: readonly string[]; awaited: readonly string[] };
}

export interface Checked {
  schema: JsonObject;
  input: JsonObject;
}

export type ParsedText = { ok: true; value: unknown } | ({ ok: false; message: string } & TextPlace);

/**
 * Pure work on whole documents, whose cost grows with what somebody sends. Inputs and results are data: they travel between
 * threads.
 */
export const tasks = {
  importDocument: (raw: JsonObject): WorkflowDocumentImport =>
    importWorkflowDocument(raw, stepDefinitions, triggerDefinitions),
  /** Both at once, for those who do not keep the document. */
  importAndCheck: ({
    raw,
    known,
  }: {
    raw: JsonObject;
    known: KnownParts;
  }): { refused: Issue[] } | { issues: Issue[] } => {
    const imported = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
    if (!imported.ok) return { refused: imported.issues };
    const { spec, triggers, config, source } = imported.document;
    return { issues: tasks.check({ spec, triggers, config, source, ...known }) };
  },
  exportDocument: (document: WorkflowDocument): JsonObject =>
    exportWorkflowDocument(document, stepDefinitions, triggerDefinitions),
  check: ({ spec, directory, ...context }: CheckedParts): Issue[] =>
    validateSpec(spec, {
      definitions: stepDefinitions,
      triggerDefinitions,
      connectors: connectorCatalog,
      people: peopleOf(directory),
      ...context,
    }),
  parseText: (text: string): ParsedText => {
    const read = readJson(text);
    if (!read.ok) return read;
    // It came as one text, past the gate for values.
    const problem = findInadmissible(read.value);
    if (problem === null) return { ok: true, value: read.value };
    return { ok: false, message: `What stands here ${problem.message}.`, ...read.placeOf(spellPath(problem.path)) };
  },
  placesInText: ({ text, paths }: { text: string; paths: readonly string[] }): TextPlace[] => {
    const read = readJson(text);
    return read.ok ? paths.map(read.placeOf) : [];
  },
  outline: (spec: Spec): { graph: ReturnType<typeof specGraph>; steps: { title: string; count: number }[] } => ({
    graph: specGraph(spec, stepDefinitions),
    steps: countSteps(spec),
  }),
  applyOperations: ({
    document,
    operations,
  }: {
    document: EditableDocument;
    operations: readonly Operation[];
  }): AppliedBatch => applyOperations(document, operations, stepDefinitions, triggerDefinitions),
  diff: ({ before, after }: { before: EditableDocument; after: EditableDocument }): DocumentChange[] =>
    diffDocuments(before, after, stepDefinitions, triggerDefinitions),
  /** The input of a run with its defaults, and what is wrong with it. */
  startInput: ({ schema, input }: Checked): { input: JsonObject; problems: SchemaIssue[] } => {
    const filled = fillDefaults(schema, input);
    return { input: filled, problems: validateAgainstSchema(schema, filled) };
  },
  misfits: ({ schema, input }: Checked): SchemaIssue[] => validateAgainstSchema(schema, input),
  /** The fields of a correction that neither the schema nor the input before it has. */
  strangeFields: ({ schema, input, before }: Checked & { before: JsonObject }): SchemaIssue[] => {
    const known = new Set(unaskedFields(schema, before).map(({ path }) => path));
    return unaskedFields(schema, input).filter(({ path }) => !known.has(path));
  },
  /** The answers to a form with the defaults of its schema, and what is wrong with them. */
  formAnswers: ({ schema, input }: Checked): { values: JsonObject; problems: SchemaIssue[] } => {
    // A default is no answer to a question that was not asked.
    const filled = fillDefaults(schema, input);
    const asked = askedValues(schema, filled);
    const values = Object.fromEntries(
      Object.entries(filled).filter(([name]) => Object.hasOwn(asked, name) || Object.hasOwn(input, name)),
    );
    const unasked = Object.keys(input).filter((name) => !Object.hasOwn(asked, name));
    return { values, problems: [...unasked.map(notAsked), ...answerProblems(schema, values)] };
  },
  diffVersions: ({ from, to }: { from: VersionedParts; to: VersionedParts }) => diffVersions(from, to),
};

export type TaskName = keyof typeof tasks;
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0];
export type TaskResult<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>;

/** The table pairs each task with its own input; the compiler cannot follow the pairing through a union. */
export function perform<Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskResult<Name> {
  const task = tasks[name] as (input: TaskInput<Name>) => TaskResult<Name>;
  return task(input);
}

function notAsked(path: string): SchemaIssue {
  return { path, message: "This is asked only under a condition, which does not hold here. Leave it out." };
}

function countSteps(spec: Spec): { title: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { definition, node } of indexSpec(spec, stepDefinitions).nodes.values()) {
    const title = definition?.title ?? node.type;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].map(([title, count]) => ({ title, count })).sort((a, b) => b.count - a.count);
}
