import fc from "fast-check";
import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import { defaultConfig } from "@/core/workflow/document";
import { compile } from "./compile";
import { fakeDefinitions } from "./fake-definitions.testkit";
import type { Plan } from "./plan";
import type { NodeKey, RunState } from "./protocol";
import type { StepError } from "@/core/step-error";
import type { Policy } from "./simulate.testkit";

/** How many cases each property tries; `PROPERTY_RUNS=2000` for a long night. */
export const propertyRuns = Number(process.env["PROPERTY_RUNS"] ?? 300);

/** A run to be: a graph and how the world answers, all of it derived from what fast-check drew. */
export interface Case {
  spec: Spec;
  plan: Plan;
  policy: Policy;
  /** A number per question, the same every time. */
  chance(question: string): number;
}

export interface CaseOptions {
  /** Steps of the document may fail with no way on, or end the run. Without it a case always completes, whatever the order. */
  fatal: boolean;
}

interface NodeDraft {
  kind: "pure" | "effect" | "wait" | "container" | "result";
  disabled: boolean;
  any: boolean;
  goesOn: boolean;
  edges: { from: number; handle: number }[];
  body: NodeDraft[];
}

export function cases(options: CaseOptions): fc.Arbitrary<Case> {
  return fc.record({ nodes: drafts(2), salt: fc.nat() }).map(({ nodes, salt }) => buildCase(nodes, salt, options));
}

function drafts(depth: number): fc.Arbitrary<NodeDraft[]> {
  const node = fc.record({
    kind: fc.constantFrom<NodeDraft["kind"][]>(
      "pure",
      "effect",
      "effect",
      "wait",
      "result",
      ...(depth > 0 ? (["container", "container"] as const) : []),
    ),
    disabled: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 9),
    any: fc.integer({ min: 0, max: 2 }).map((drawn) => drawn === 2),
    goesOn: fc.boolean(),
    edges: fc.array(fc.record({ from: fc.nat(1000), handle: fc.nat(9) }), { minLength: 1, maxLength: 3 }),
    body: depth > 0 ? drafts(depth - 1) : fc.constant<NodeDraft[]>([]),
  });
  return fc.array(node, { minLength: 1, maxLength: depth === 2 ? 10 : 4 });
}

const handles = ["out", "out", "out", "out", "out", "alt", "alt", "alt", "error", "error"] as const;

function buildCase(nodes: NodeDraft[], salt: number, options: CaseOptions): Case {
  const chance = (question: string): number => hash(`${salt}:${question}`);
  const spec: Spec = { specVersion: "1", ...buildScope("n", nodes, options) };
  const plan = compile(spec, { ...defaultConfig, maxRetries: 2, backoff: 10 }, fakeDefinitions);
  return { spec, plan, policy: policyOf(plan, chance, options), chance };
}

function buildScope(
  prefix: string,
  drawn: NodeDraft[],
  options: CaseOptions,
): Pick<Spec, "startNodeId" | "nodes" | "edges"> {
  const id = (index: number): string => `${prefix}_${index}`;
  const nodes = drawn.map((draft, index): SpecNode => ({
    id: id(index),
    type: draft.kind,
    disabled: draft.disabled,
    join: draft.any ? "any" : "all",
    onError: draft.goesOn || (prefix === "n" && !options.fatal) ? "continue" : "fail",
    ...(draft.kind === "container" && {
      body: buildScope(`${prefix}_${index}`, draft.body.length > 0 ? draft.body : [leaf], options),
    }),
  }));
  const edges = drawn.flatMap((draft, index): SpecEdge[] =>
    index === 0
      ? []
      : draft.edges.map((edge) => ({
          from: id(edge.from % index),
          to: id(index),
          case: handles[edge.handle] ?? "out",
        })),
  );
  return { startNodeId: id(0), nodes, edges };
}

const leaf: NodeDraft = { kind: "effect", disabled: false, any: false, goesOn: true, edges: [], body: [] };
const worldError: StepError = { code: "http_5xx", message: "The provider answered 503.", class: "5xx" };
const finalError: StepError = { code: "invalid_input", message: "The provider refused.", class: "other" };

function policyOf(plan: Plan, chance: Case["chance"], options: CaseOptions): Policy {
  return {
    step({ key, nodeId, iteration, attempt }) {
      const drawn = chance(`step ${key} ${attempt}`);
      if (drawn < 0.2) return { type: "stepFailed", error: worldError };
      if (drawn < 0.26) return { type: "stepFailed", error: finalError };
      if (options.fatal && drawn < 0.29 && iteration === "")
        return { type: "stepCompleted", end: { status: drawn < 0.28 ? "completed" : "failed" } };
      if ((options.fatal || iteration !== "") && drawn < 0.34)
        return {
          type: "stepCompleted",
          handle: "alt",
          failUnconnected: { reason: "approval_rejected", error: finalError },
        };
      if (drawn < 0.55) return { type: "stepCompleted", handle: "alt" };
      return plan.nodes.has(nodeId) ? { type: "stepCompleted" } : { type: "stepFailed", error: finalError };
    },
    items(key) {
      const drawn = chance(`items ${key}`);
      if (drawn < 0.08) return { type: "stepFailed", error: finalError };
      const concurrency = 1 + Math.floor(chance(`width ${key}`) * 3);
      const onItemError = chance(`mode ${key}`) < 0.5 ? "continue" : "fail";
      if (drawn < 0.3) return { count: null, concurrency: 1, max: 3, onItemError };
      return { count: Math.floor(chance(`count ${key}`) * 4), concurrency, onItemError };
    },
    again: (key, index) => chance(`again ${key} ${index}`) < 0.6,
  };
}

/** FNV-1a, spread once more; 0..1. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return ((value ^ (value >>> 15)) >>> 0) / 2 ** 32;
}

/** Takes the next of several in an order of its own for each seed. */
export const shuffled =
  (seed: number) =>
  (names: readonly string[], turn: number): number =>
    Math.floor(hash(`${seed}:${turn}:${names.join()}`) * names.length);

/** Nodes of the document alone: items that were given up end in an order-dependent way inside. */
export function documentNodes(state: RunState): Record<NodeKey, [string, string | null]> {
  return Object.fromEntries(
    Object.entries(state.nodes)
      .filter(([key]) => !key.includes("["))
      .map(([key, node]) => [key, [node.status, node.handle ?? null]]),
  );
}
