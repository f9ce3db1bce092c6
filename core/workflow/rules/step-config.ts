import { objectSchemaProblems } from "@/core/schema/object-schema";
import { isJsonObject } from "@/core/json-guard";
import type { Issue } from "@/core/workflow/document";
import { fieldPathText } from "@/core/workflow/field-path";
import { mayTalk } from "@/core/workflow/trigger-lookup";
import { expressionReferences } from "@/core/expression/references";
import type { IndexedNode, SpecIndex } from "@/core/workflow/spec-index";
import { called, eachNode, errorAt } from "./rule";
import type { Rule, ValidationContext } from "./rule";
import { expressionSites, findExpressions } from "./sites";

/** `invalid_config`: the fields are what the type asks for. */
export const invalidConfig: Rule = eachNode((indexed) =>
  (indexed.configError?.issues ?? []).map((issue) => {
    const field = fieldPathText(issue.path);
    const missing = issue.message === "It is missing.";
    return errorAt(
      indexed,
      "invalid_config",
      field,
      missing
        ? `${called(indexed)} needs "${field}".`
        : `"${field}" of ${called(indexed)} is not right. ${issue.message}`,
    );
  }),
);

/** What the type itself has to say, and `step_not_available` for types that cannot run yet. */
export const ownProblems: Rule = (index, context) => eachNode(ownProblemsAmong(index))(index, context);

const ownProblemsAmong = (index: SpecIndex) => (indexed: IndexedNode, context: ValidationContext) => {
  const { triggers, triggerDefinitions } = context;
  const { definition, config, node, outgoing, scope } = indexed;
  if (definition === null) return [];
  const absent = definition.available
    ? []
    : [
        errorAt(
          indexed,
          "step_not_available",
          "type",
          `${definition.title} steps cannot run yet. Remove ${called(indexed)}, or keep this workflow as a draft.`,
        ),
      ];
  if (config === undefined || definition.lint === undefined) return absent;
  const found = definition.lint(config, node, {
    connected: new Set(outgoing.keys()),
    inBody: scope.container !== null,
    mayTalk: mayTalk(triggers, triggerDefinitions),
    isHandedOut: definition.opensPage?.(config) === true && isHandedOut(index, node.id),
  });
  return [
    ...absent,
    ...found.map((issue): Issue => ({
      ...issue,
      path: issue.path === "" ? indexed.path : `${indexed.path}.${issue.path}`,
      nodeId: node.id,
    })),
  ];
};

/** Whether some step says where the page of this one is. */
function isHandedOut(index: SpecIndex, id: string): boolean {
  return [...index.nodes.values()].some((indexed) =>
    expressionSites(indexed).some((site) =>
      findExpressions(site).found.some(({ source }) => expressionReferences(source).addresses.form.includes(id)),
    ),
  );
}

/** `invalid_config`: the input schema is one that inputs can be checked with. */
export const inputSchema: Rule = ({ spec }) =>
  spec.inputSchema === undefined
    ? []
    : objectSchemaProblems(spec.inputSchema).map((problem) => ({
        code: "invalid_config",
        severity: "error",
        path: problem.path === "" ? "inputSchema" : `inputSchema.${problem.path}`,
        message: problem.message,
      }));

/** `name_clash`: a bare name that is a variable and an input would not be what half of its readers take it for. */
export const nameClash: Rule = ({ spec }, { config }) => {
  const properties = spec.inputSchema?.["properties"];
  return Object.keys(isJsonObject(properties) ? properties : {})
    .filter((name) => Object.hasOwn(config.variables, name))
    .map((name) => ({
      code: "name_clash",
      severity: "error",
      path: `config.variables.${name}`,
      message: `"${name}" is a variable of this workflow and a field of its input. Rename one of them: expressions would read the variable, whatever the input says.`,
    }));
};

const testWords =
  /^(?:x[-_])?(?:test|mock|pinned|stub|fake|simulate|rehears)(?:ed|al|e|ing)?[-_]?(?:behaviou?r|override|output|result|response|data|mode|decision)?$/i;
const skipWords = /^auto[-_]?(?:approve|reject|resolve|submit)d?$/i;

/** Whether a name is one that only tests may use. */
export function isTestOverride(field: string): boolean {
  return testWords.test(field) || skipWords.test(field);
}

/** `test_override_in_spec`: a published document never holds what only a test may do. */
export const testOverride: Rule = eachNode((indexed) => {
  const { node } = indexed;
  const source = node["x-source"];
  const unknown = isJsonObject(source) && isJsonObject(source["fields"]) ? source["fields"] : {};
  return [...Object.keys(unknown), ...Object.keys(node)]
    .filter(isTestOverride)
    .map((field) =>
      errorAt(
        indexed,
        "test_override_in_spec",
        field,
        `"${field}" of ${called(indexed)} is for tests and would act in production. Remove it; give test data when you start a test run.`,
      ),
    );
});
