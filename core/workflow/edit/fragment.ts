import { renameStepsInExpression, renameStepsInTemplates } from "@/core/expression/rename-steps";
import type { Json, JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";
import { isCommonField } from "@/core/workflow/node-fields";
import { nodeSource, readSource, sourceField } from "@/core/workflow/source-record";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { bodyOf, idsIn, openSession, scopeAt } from "./edit-session";
import type { EditSession } from "./edit-session";
import { freeId, takenBy, takenIds } from "./new-node-id";
import { configOf } from "./node-handles";
import type { EditableDocument, Fragment, Operation } from "./operation";

interface Pasted {
  operations: Operation[];
  /** The new steps, without those inside of them. */
  ids: string[];
}

/** Steps (with what is inside of them) and the connections between them. */
export function copyFragment(
  document: EditableDocument,
  ids: Iterable<string>,
  definitions: StepDefinitions,
): Fragment {
  const session = openSession(document, definitions);
  const chosen = outermost(session, ids);
  const containers = new Set([...chosen].map((id) => session.places.get(id) ?? null));
  const scopes = [...containers].flatMap((container) => scopeAt(session, container) ?? []);
  return {
    nodes: scopes.flatMap(({ nodes }) =>
      nodes.filter(({ id }) => chosen.has(id)).map((node) => copyOf(node, definitions)),
    ),
    edges: scopes.flatMap(({ edges }) =>
      edges
        .filter(({ from, to }) => chosen.has(from) && chosen.has(to))
        .map(({ from, case: handle, to }) => ({ from, case: handle, to })),
    ),
  };
}

/** Puts copied steps into a scope. Ids that are taken are replaced, and what the steps say about each other follows. */
export function pasteFragment(
  document: EditableDocument,
  fragment: Fragment,
  { container, offset }: { container: string | null; offset: { x: number; y: number } },
  definitions: StepDefinitions,
): Pasted {
  return paste(openSession(document, definitions), fragment, { container, offset, taken: takenIds(document) });
}

/** Copies beside the originals, each in the scope of its own. */
export function duplicate(document: EditableDocument, ids: Iterable<string>, definitions: StepDefinitions): Pasted {
  const session = openSession(document, definitions);
  const chosen = [...outermost(session, ids)];
  const taken = takenIds(document);
  const containers = [...new Set(chosen.map((id) => session.places.get(id) ?? null))];
  const pasted = containers.map((container) => {
    const own = chosen.filter((id) => (session.places.get(id) ?? null) === container);
    const fragment = copyFragment(document, own, definitions);
    return paste(session, fragment, { container, offset: { x: 32, y: 32 }, taken });
  });
  return { operations: pasted.flatMap(({ operations }) => operations), ids: pasted.flatMap((part) => part.ids) };
}

function paste(
  session: EditSession,
  fragment: Fragment,
  { container, offset, taken }: { container: string | null; offset: { x: number; y: number }; taken: Set<string> },
): Pasted {
  const scope = scopeAt(session, container);
  const hasEntry = container !== null || scope?.nodes.some(({ type }) => isEntry(session, type)) === true;
  // A second way in would lead nowhere.
  const nodes = fragment.nodes.filter(isNode).filter(({ type }) => !(hasEntry && isEntry(session, type)));
  const names = new Map<string, string>();
  // A copy must not be called as one of the copied steps calls an answer of its own.
  const meant = takenBy(nodes);
  for (const id of nodes.flatMap((node) => idsIn(node, session.definitions))) {
    const free = taken.has(id) || names.has(id) ? freeId(id.replace(/_\d+$/, ""), new Set([...taken, ...meant])) : id;
    taken.add(free);
    names.set(id, free);
  }
  const titles = new Set(scope?.nodes.flatMap(({ name }) => name ?? []));
  const made = nodes.map((node) => moved(titled(renamed(node, names, session.definitions), titles), offset));
  const ids = made.map(({ id }) => id);
  const edges = fragment.edges.flatMap(({ from, case: handle, to }) => {
    const ends = { from: names.get(from), to: names.get(to) };
    return ends.from === undefined || ends.to === undefined ? [] : [{ from: ends.from, case: handle, to: ends.to }];
  });
  const followed = new Set(edges.map(({ to }) => to));
  const first = ids.find((id) => !followed.has(id));
  const begins = scope?.nodes.some(({ id }) => id === scope.startNodeId) === true;
  return {
    ids,
    operations: [
      ...made.map((node): Operation => ({ op: "add_node", node, container })),
      ...edges.map((edge): Operation => ({ op: "connect", ...edge })),
      ...(begins || first === undefined ? [] : [{ op: "set_start" as const, container, id: first }]),
    ],
  };
}

/** Without what only the original can mean: the fields that its targets were written in. */
function copyOf(node: SpecNode, definitions: StepDefinitions): JsonObject {
  const { type, fields } = readSource(nodeSource, node["x-source"]) ?? {};
  // What a workflow is given belongs to the workflow, also where an import left it on an entry.
  const left = new Set(["x-source", ...(definitions[node.type]?.entry === true ? ["inputSchema"] : [])]);
  const rest = Object.fromEntries(Object.entries(node).filter(([key]) => !left.has(key)));
  const body = bodyOf(node, definitions);
  const copy = {
    ...rest,
    ...(body === null
      ? {}
      : {
          body: {
            startNodeId: body.startNodeId,
            nodes: body.nodes.map((inner) => copyOf(inner, definitions)),
            edges: body.edges.map(({ from, to, case: handle }) => ({ from, to, case: handle })),
          },
        }),
    ...sourceField({ type, fields }),
  };
  return structuredClone(copy);
}

function renamed(node: SpecNode, names: ReadonlyMap<string, string>, definitions: StepDefinitions): SpecNode {
  const name = (id: string): string => names.get(id) ?? id;
  const body = bodyOf(node, definitions);
  const bare = bareExpressions(node, definitions);
  const fields = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (key === "body" && body !== null) {
      const nodes = body.nodes.map((inner) => renamed(inner, names, definitions));
      const edges = body.edges.map((edge) => ({ ...edge, from: name(edge.from), to: name(edge.to) }));
      return [key, { ...body, startNodeId: name(body.startNodeId), nodes, edges }];
    }
    if (key !== "result" && isCommonField(key)) return [key, value];
    // Fields hold JSON; see above.
    const templates = renameStepsInTemplates(value as Json, names);
    return [key, bare.has(key) ? renameBare(templates, bare.get(key) ?? [], names) : templates];
  });
  return { ...Object.fromEntries(fields), id: name(node.id), type: node.type };
}

/** Paths of the expressions without `${}`, by field; an empty path means the field itself. */
function bareExpressions(node: SpecNode, definitions: StepDefinitions): Map<string, (string | number)[][]> {
  const definition = definitions[node.type];
  const found = new Map<string, (string | number)[][]>();
  const config = definition === undefined ? undefined : configOf(node, definition);
  for (const site of config === undefined ? [] : (definition?.expressionSites(config) ?? [])) {
    if (site.kind !== "expression" || site.value === undefined) continue;
    const [field, ...rest] = [...site.path.matchAll(/[^.[\]]+/g)].map(([part]) => part);
    if (field === undefined) continue;
    found.set(field, [...(found.get(field) ?? []), rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part))]);
  }
  return found;
}

function renameBare(value: Json, paths: (string | number)[][], names: ReadonlyMap<string, string>): Json {
  return paths.reduce((result, path) => renameAt(result, path, names), value);
}

function renameAt(value: Json, [key, ...rest]: (string | number)[], names: ReadonlyMap<string, string>): Json {
  if (key === undefined) return renameStepsInExpression(value, names);
  if (Array.isArray(value) && typeof key === "number" && value[key] !== undefined)
    return value.with(key, renameAt(value[key], rest, names));
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: renameAt(value[key] ?? null, rest, names) };
}

function moved(node: SpecNode, { x, y }: { x: number; y: number }): SpecNode {
  const place = node.ui?.["position"];
  if (!isJsonObject(place) || typeof place["x"] !== "number" || typeof place["y"] !== "number") return node;
  return { ...node, ui: { ...node.ui, position: { x: place["x"] + x, y: place["y"] + y } } };
}

/** A name that is there already would be told apart by nobody. */
function titled(node: SpecNode, titles: Set<string>): SpecNode {
  const { name } = node;
  if (name === undefined || !titles.has(name)) return node;
  const base = `${name.replace(/ copy( \d+)?$/, "")} copy`;
  let title = base;
  for (let number = 2; titles.has(title); number += 1) title = `${base} ${number}`;
  titles.add(title);
  return { ...node, name: title };
}

function outermost(session: EditSession, ids: Iterable<string>): Set<string> {
  const chosen = new Set([...ids].filter((id) => session.places.has(id)));
  for (const id of [...chosen]) {
    for (let at = session.places.get(id) ?? null; at !== null; at = session.places.get(at) ?? null)
      if (chosen.has(at)) chosen.delete(id);
  }
  return chosen;
}

function isEntry({ definitions }: EditSession, type: string): boolean {
  return Object.hasOwn(definitions, type) && definitions[type]?.entry === true;
}

function isNode(node: JsonObject): node is JsonObject & SpecNode {
  return typeof node["id"] === "string" && typeof node["type"] === "string";
}
