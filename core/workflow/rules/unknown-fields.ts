import { unknownKeywords } from "@/core/workflow/unknown-keywords";
import type { Issue, Spec, SpecNode } from "@/core/workflow/document";
import { isJsonObject, ownField } from "@/core/json-guard";
import { isMisspelling, nearest } from "@/core/nearest";
import { isCommonField, nodeShape } from "@/core/workflow/node-fields";
import { surroundings } from "@/core/workflow/schema";
import type { IndexedScope } from "@/core/workflow/spec-index";
import { triggerSchema } from "@/core/workflow/triggers";
import {
  unknownIssue,
  unknownKeys,
  unknownNamesIn,
  unknownNamesWithin,
  type UnknownName,
} from "@/core/workflow/unknown-names";
import { configFields } from "@/core/workflow/workflow-config";
import { documentKeys } from "@/core/workflow/workflow-document";
import { eachNode } from "./rule";
import type { Rule } from "./rule";
import { isTestOverride } from "./step-config";

/** `unknown_field`: names that a step does not know, at any depth of its settings. They are kept, but do nothing. */
export const unknownField: Rule = eachNode((indexed) => {
  const { node, definition } = indexed;
  if (definition === null) return [];
  const shape = nodeShape(definition);
  const names = unknownOf(node).filter((name) => !isTestOverride(name));
  return [...unknownKeys(shape, names, definition.spellings), ...unknownNamesWithin(shape, node)].map((found) =>
    unknownIssue(found, indexed.path, node.id),
  );
});

/** What the type does not know went to the record of the spelling; a document that was written canonically may hold it in place. */
function unknownOf(node: SpecNode): string[] {
  return [...Object.keys(rememberedFields(node)), ...Object.keys(node).filter((name) => !isCommonField(name))];
}

/** `unknown_field` for what stands around the steps: the document, the bodies of loops, connections. */
export const unknownSurroundings: Rule = (index) => {
  const { document, body, edge } = surroundings;
  return index.scopes.flatMap((scope) => {
    const holder = scopeHolder(scope, index.spec);
    const own = unknownKeys(scope.container === null ? document : body, Object.keys(rememberedFields(holder)));
    return [
      ...own.map((found) => unknownIssue(found, scope.path.replace(/\.$/, ""), scope.container?.node.id)),
      ...scope.edges.flatMap((connection, position) =>
        unknownKeys(edge, Object.keys(rememberedFields(connection))).map((found) =>
          unknownIssue(found, `${scope.path}edges[${position}]`, connection.from),
        ),
      ),
    ];
  });
};

/** `unknown_field` in triggers, configuration and the head of the document, as they were written. */
export const unknownSettings: Rule = (_index, { triggers, triggerDefinitions, source }) => {
  const written = source === undefined ? {} : (ownField(source, "config") ?? {});
  const head = source === undefined ? {} : (ownField(source, "fields") ?? {});
  return [
    ...(triggers ?? []).flatMap((trigger, position) =>
      unknownNamesIn(triggerSchema(triggerDefinitions).shape, trigger).map((found) =>
        unknownIssue({ ...found, isDecisive: found.isDecisive || isSlip(found) }, `triggers[${position}]`),
      ),
    ),
    ...(isJsonObject(written)
      ? unknownNamesIn(configFields, written).map((found) => unknownIssue(found, "config"))
      : []),
    // Answers of the API are taken as documents too, so only what was meant to be a part of one is named.
    ...(isJsonObject(head) ? Object.keys(head) : []).flatMap((name): Issue[] => {
      const meant = nearest(name, documentKeys);
      return meant === null ? [] : [unknownIssue({ path: [], name, meant, isDecisive: false }, "")];
    }),
  ];
};

/** `unknown_field`: keywords of JSON Schema that are slips of the finger and therefore check nothing. */
export const unknownKeyword: Rule = (index) => [
  ...unknownKeywords(index.spec.inputSchema).map((found) => unknownIssue(found, "inputSchema")),
  ...[...index.nodes.values()].flatMap((indexed) =>
    (indexed.definition?.jsonSchemas ?? []).flatMap((field) =>
      unknownKeywords(indexed.node[field]).map((found) =>
        unknownIssue(found, `${indexed.path}.${field}`, indexed.node.id),
      ),
    ),
  ),
];

/** Of a trigger: swallowed, it would start runs at another time, for others, or for whoever has the address. */
function isSlip({ name, meant }: UnknownName): boolean {
  return meant !== null && isMisspelling(name, meant);
}

/** The fields in the record of a spelling. */
function rememberedFields(holder: object): Record<string, unknown> {
  const source: unknown = Reflect.get(holder, "x-source");
  const fields = isJsonObject(source) ? ownField(source, "fields") : undefined;
  return isJsonObject(fields) ? fields : {};
}

function scopeHolder({ container }: IndexedScope, spec: Spec): object {
  return container === null ? spec : (container.definition?.body?.(container.config) ?? {});
}
