import type { Json, JsonObject } from "@/core/json";
import type { Issue, SpecEdge, SpecNode } from "@/core/workflow/document";
import type { ImportContext } from "@/core/workflow/import-context";
import { importNode } from "@/core/workflow/import-node";
import { importScope } from "@/core/workflow/import-scope";
import { jsonProblem, sameJson } from "@/core/json-guard";
import { nodeIdProblem } from "@/core/workflow/names";
import { configShape, isCommonField } from "@/core/workflow/node-fields";
import type { AnyStepDefinition, StepDefinitions } from "@/core/workflow/step-definition";
import { stepTypes } from "@/core/workflow/step-types";
import type { EditScope, EditSession } from "./edit-session";
import { calledNode, depthOf, edgesOf, idsIn } from "./edit-session";
import { maySayStep } from "./new-node-id";

/** Levels between a document on the wire and a step of the workflow itself: document, spec, nodes. */
const levelsAbove = 3;
/** Body, nodes, and the step itself. */
const levelsPerBody = 3;

const emptyBody: JsonObject = { startNodeId: "", nodes: [], edges: [] };

/**
 * Why a step cannot stand in a scope, or null when it can: the importer must take it, and take it for exactly what it says.
 * Settings that are incomplete are fine; validation speaks about them. `inside`: the steps of its body are looked at too. `gone`: connections that
 * go with the change.
 */
export function nodeProblem(
  session: EditSession,
  node: SpecNode,
  container: string | null,
  inside: "with_body" | "without_body",
  gone: ReadonlySet<SpecEdge> = new Set(),
): string | null {
  const depth = levelsAbove + levelsPerBody * depthOf(session, container);
  const json = jsonProblem(node, depth);
  if (json === "not_json") return `${calledNode(node)} holds values that JSON does not know.`;
  if (json === "too_deep") return `${calledNode(node)} is nested too deep. Flatten it.`;
  const { definitions } = session;
  const definition = Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
  if (definition === undefined) return unknownType(node.type, definitions);
  const issues: Issue[] = [];
  const context: ImportContext = {
    types: stepTypes(definitions),
    seen: new Map(),
    issues,
    importBody: (body, path) => importScope(body, path, context),
  };
  // It is JSON, as was just found out; the type of a node leaves its own fields open.
  const given = asLooked(node as JsonObject, definition, inside);
  const imported = importNode(given, "", surroundings(session, node.id, container, gone), context);
  const [issue] = issues;
  if (imported === null || issue !== undefined) return issue?.message ?? `${calledNode(node)} cannot be read.`;
  return sameJson(imported.node, given) ? null : difference(given, imported.node as JsonObject, definition);
}

/** Why ids inside a new step cannot be used, or null when they can. */
export function idsProblem(session: EditSession, node: SpecNode, asItStood: boolean): string | null {
  const seen = new Set<string>();
  for (const id of idsIn(node, session.definitions)) {
    const wrong = asItStood ? null : nodeIdProblem(id);
    if (wrong !== null) return wrong;
    if (session.places.has(id) || seen.has(id)) return `There is a step "${id}" already. Choose another id.`;
    seen.add(id);
  }
  return null;
}

/**
 * Steps may say the id of another as a plain word (`defaultCase: "refund"`). Why a step cannot come into a scope since such a
 * word would then mean it.
 */
export function wordTaken(session: EditSession, id: string, scope: EditScope, container: string | null): string | null {
  for (const node of scope.nodes) {
    for (const key in node) {
      if (node[key] !== id || !maySayStep(key)) continue;
      const { places } = session;
      places.set(id, container);
      const problem = nodeProblem(session, node, container, "without_body");
      places.delete(id);
      if (problem !== null) return `"${id}" means something in ${calledNode(node)} already. Choose another id.`;
    }
  }
  return null;
}

/** The importer moves the input schema of an entry to the document, so none is put there. */
export function entryProblem(session: EditSession, type: string, fields: Iterable<string>): string | null {
  const entry = Object.hasOwn(session.definitions, type) && session.definitions[type]?.entry === true;
  return entry && [...fields].includes("inputSchema")
    ? "What the workflow is given is set for the whole workflow, not in its first step."
    : null;
}

export function unknownType(type: string, definitions: StepDefinitions): string {
  const types = stepTypes(definitions);
  const meant = types.resolve(type);
  return meant === null ? types.unknownTypeMessage(type) : `Write the type "${type}" as "${meant.type}".`;
}

function asLooked(node: JsonObject, definition: AnyStepDefinition, inside: "with_body" | "without_body"): JsonObject {
  if (inside === "with_body" || definition.body === undefined || !Object.hasOwn(node, "body")) return node;
  return { ...node, body: emptyBody };
}

function surroundings(session: EditSession, id: string, container: string | null, gone: ReadonlySet<SpecEdge>) {
  return {
    isNode: (other: string) => other === id || session.places.get(other) === container,
    edgeCases: () => edgesOf(session, container, id).flatMap((edge) => (gone.has(edge) ? [] : [edge.case])),
  };
}

function difference(given: JsonObject, read: JsonObject, definition: AnyStepDefinition): string {
  const keys = [...new Set([...Object.keys(given), ...Object.keys(read)])].filter((key) => key !== "x-source");
  const field = keys.find((key) => !sameJson(ownValue(given, key), ownValue(read, key))) ?? "x-source";
  if (!isCommonField(field) && !Object.hasOwn(configShape(definition), field))
    return `"${definition.title}" steps have no field "${field}".`;
  return `"${field}" would then be read as something else: as a connection, or in another spelling. Change it in the same edit, or draw the connection.`;
}

function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
