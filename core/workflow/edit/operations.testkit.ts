import fc from "fast-check";
import kyc from "@/core/workflow/fixtures/indonesian-kyc-v1.json";
import upgrade from "@/core/workflow/fixtures/subscription-upgrade.json";
import stock from "@/core/workflow/fixtures/weekly-stock-check.json";
import type { JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { defaultConfig } from "@/core/workflow/document";
import { writtenSpec } from "@/core/workflow/generated-documents.testkit";
import { importSpec } from "@/core/workflow/import";
import { importWorkflowDocument } from "@/core/workflow/workflow-document";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { EditScope } from "./edit-session";
import { bodyOf } from "./edit-session";
import type { EditableDocument, FieldChange, Operation } from "./operation";

export const exampleDocuments: Readonly<Record<string, EditableDocument>> = {
  "indonesian-kyc-v1": imported(kyc),
  "subscription-upgrade": imported(upgrade),
  "weekly-stock-check": imported(stock),
};

/** The examples and generated documents of every spelling, with dangling connections, circles and unusable ids among them. */
export const editableDocument: fc.Arbitrary<EditableDocument> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(exampleDocuments)) },
  {
    weight: 6,
    arbitrary: fc.tuple(writtenSpec, fc.nat({ max: 5 })).map(([raw, flaw]): EditableDocument => {
      const read = importSpec(withFlaw(raw, flaw), stepDefinitions);
      if (!read.ok) return imported(kyc);
      return { spec: read.spec, triggers: [{ id: "manual", type: "manual" }], config: defaultConfig };
    }),
  },
);

/** Makers of operations that mean something in most documents, and of many that do not. */
export const operationSeeds: fc.Arbitrary<readonly (readonly number[])[]> = fc.array(
  fc.array(fc.nat({ max: 1_000_000 }), { minLength: 8, maxLength: 8 }),
  { minLength: 1, maxLength: 12 },
);

export function operationFrom(seed: readonly number[], document: EditableDocument): Operation {
  let at = 0;
  const pick = <T>(values: readonly [T, ...T[]]): T => values[(seed[(at += 1)] ?? 0) % values.length] ?? values[0];
  const nodes = allNodes(document.spec);
  const edges = [document.spec, ...nodes.flatMap((node) => bodyOf(node, stepDefinitions) ?? [])].flatMap(
    (scope) => scope.edges,
  );
  const ids = ["ghost", ...nodes.map(({ id }) => id), ...nodes.map(({ id }) => id)] as [string, ...string[]];
  const containers = [null, null, "ghost", ...nodes.filter(({ type }) => type === "loop").map(({ id }) => id)] as [
    string | null,
    ...(string | null)[],
  ];
  const id = pick(ids);
  const makers: readonly [() => Operation, ...(() => Operation)[]] = [
    (): Operation => ({
      op: "add_node",
      node: newNode(pick),
      container: pick(containers),
      index: pick([undefined, 0, 1, 99]),
    }),
    () => ({ op: "remove_node", id, heal: pick([true, false]) }),
    () => ({ op: "update_node", id, changes: [pick(fieldChanges), pick(fieldChanges)] }),
    () => ({ op: "update_node", id, changes: [pick(fieldChanges)] }),
    () => ({
      op: "move_nodes",
      moves: [
        { id, x: pick([1, 20, null]), y: 5 },
        { id: pick(ids), x: 3, y: pick([4, null]) },
      ],
    }),
    () => ({ op: "nest_node", id, container: pick(containers), x: pick([null, 7]), y: 7 }),
    () => ({ op: "connect", from: id, case: pick(cases), to: pick(ids), index: pick([undefined, 0, 2]) }),
    () => ({ op: "connect", from: id, case: pick(cases), to: pick(ids) }),
    () => {
      const edge = edges[(seed[7] ?? 0) % Math.max(1, edges.length)];
      return edge === undefined
        ? { op: "disconnect", from: id, case: "out", to: "ghost" }
        : { op: "disconnect", from: edge.from, case: edge.case, to: edge.to };
    },
    () => ({ op: "set_start", container: pick(containers), id: pick([id, ""]) }),
    () => ({
      op: "set_input_schema",
      schema: pick<JsonObject | null>([null, { type: "object" }, { type: "object", properties: {} }]),
    }),
    () => ({ op: "set_config", changes: [pick(configChanges)] }),
    () => ({ op: "put_trigger", trigger: { id: pick(["manual", "api", "nightly"]), type: pick(["api", "manual"]) } }),
    () => ({ op: "remove_trigger", id: pick(["manual", "api", "nightly"]) }),
    () => ({
      op: "replace_document",
      document: pick([
        document,
        { ...document, spec: { ...document.spec, nodes: [] } },
        ...Object.values(exampleDocuments),
      ]),
    }),
  ];
  return makers[(seed[0] ?? 0) % makers.length]?.() ?? makers[0]();
}

export function allNodes(scope: Pick<EditScope, "nodes">): SpecNode[] {
  return scope.nodes.flatMap((node) => [node, ...allNodes(bodyOf(node, stepDefinitions) ?? { nodes: [] })]);
}

const cases = [
  "out",
  "out",
  "true",
  "false",
  "approved",
  "rejected",
  "a",
  "b",
  "default",
  "error",
  "submitted",
  "x",
] as [string, ...string[]];

const fieldChanges: readonly [FieldChangeLike, ...FieldChangeLike[]] = [
  { path: ["name"], value: "Renamed" },
  { path: ["name"] },
  { path: ["name"], value: null },
  { path: ["note"], value: "n" },
  { path: ["cases"], value: ["a"] },
  { path: ["cases", 0] },
  { path: ["cases", 1], value: "c" },
  { path: ["cases"], value: { a: { next: "ghost" } } },
  { path: ["expression"], value: "input.x > 1" },
  { path: ["expression", "deep", 0], value: "${input.y}" },
  { path: ["expression"] },
  { path: ["defaultCase"], value: "a" },
  { path: ["defaultCase"], value: "b" },
  { path: ["onReject"], value: "fail" },
  { path: ["onTimeout"], value: "reject" },
  { path: ["onError"], value: "continue" },
  { path: ["onError"], value: { next: "ghost" } },
  { path: ["input", "email"], value: "x" },
  { path: ["input", "deep", "er"], value: [1, { two: 2 }] },
  { path: ["input", "email"] },
  { path: ["policy", "requesterCannotApprove"], value: true },
  { path: ["headers", "__proto__"], value: 1 },
  { path: ["retry", "maxAttempts"], value: 2 },
  { path: ["retry", "maxAttempts"], value: -2 },
  { path: ["timeoutMs"], value: 5 },
  { path: ["body"], value: {} },
  { path: ["id"], value: "other" },
  { path: ["ui"], value: {} },
  { path: ["x-source"] },
  { path: ["unheard"], value: 1 },
  { path: ["disabled"], value: true },
  { path: ["inputSchema"], value: { type: "object" } },
  { path: ["items"], value: "input.list" },
];

interface FieldChangeLike {
  path: (string | number)[];
  value?: FieldChange["value"];
}

const configChanges: readonly [FieldChangeLike, ...FieldChangeLike[]] = [
  { path: ["maxRetries"], value: 5 },
  { path: ["maxRetries"], value: -5 },
  { path: ["maxRetries"] },
  { path: ["variables", "limit"], value: { deep: 1 } },
  { path: ["variables", "limit"] },
  { path: ["backoff"], value: "exponential" },
  { path: ["backoff"], value: { type: "fixed", unheard: 1 } },
  { path: ["concurrency", "limit"], value: 2 },
  { path: ["unheard"], value: 2 },
];

function newNode(pick: <T>(values: readonly [T, ...T[]]) => T): SpecNode {
  const id = pick(["n1", "n2", "a", "b", "refund", "9bad", "true", "reject"]);
  const body = {
    startNodeId: "",
    nodes: [{ id: pick(["in1", "in2", "a"]), type: "transform", expression: {} }],
    edges: [],
  };
  const nodes: [SpecNode, ...SpecNode[]] = [
    { id, type: "tool_call", tool: "" },
    { id, type: "transform", expression: { a: 1 }, ui: { position: { x: 1, y: 2 } } },
    { id, type: "decision", expression: "input.x", cases: ["a", "b"], defaultCase: "a" },
    { id, type: "loop", items: "input.list", body },
    { id, type: "approval" },
    { id, type: "end" },
    { id, type: "Action", tool: "x" },
    { id, type: "unheard" },
    { id, type: "condition", expression: "true", cases: { true: { next: "a" } } },
    { id, type: "wait", connection: 5 },
  ];
  return pick(nodes);
}

/** What only an import brings in. */
function withFlaw(raw: JsonObject, flaw: number): JsonObject {
  const nodes = Array.isArray(raw["nodes"]) ? raw["nodes"] : [];
  const edges = Array.isArray(raw["edges"]) ? raw["edges"] : [];
  const [first] = nodes;
  const id = typeof first === "object" && first !== null && !Array.isArray(first) ? (first["id"] ?? "") : "";
  const flaws: readonly (() => JsonObject)[] = [
    () => ({ ...raw, edges: [...edges, { from: "nowhere", to: id, case: "zzz" }, { from: id, to: "ghost" }] }),
    () => ({ ...raw, edges: [...edges, { from: id, to: id, case: "zzz" }] }),
    () => ({ ...raw, edges: [...edges, ...edges.slice(0, 1), ...edges.slice(0, 1)] }),
    () => ({ ...raw, startNodeId: "ghost", nodes: [...nodes, { id: "un-usable", type: "wait", ui: { position: 5 } }] }),
    () => ({ ...raw, nodes: [...nodes, { id: "n1", type: "loop", items: [], ui: {} }] }),
    () => raw,
  ];
  return flaws[flaw]?.() ?? raw;
}

function imported(raw: unknown): EditableDocument {
  const read = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const { spec, triggers, config } = read.document;
  return { spec, triggers: triggers ?? [], config };
}
