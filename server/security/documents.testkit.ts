import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/scripts/db/project-files";
import type { Dice } from "./dice.testkit";
import { mutate, oddValue } from "./mutate.testkit";

type Document = Record<string, unknown>;

/** The shipped workflows and templates: what is nearly right reaches further than what is wrong from the start. */
const shipped: readonly Document[] = ["workflows", "workflows/templates"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const read = JSON.parse(readFileSync(join(projectRoot, folder, name), "utf8")) as Document;
      // A template wraps its workflow.
      const document = (read["workflow"] ?? read["document"] ?? read) as Document;
      return "spec" in document ? document : { spec: document };
    }),
);

/** Small ones that can be published anywhere: they need no connections and no people by name. */
const small: readonly Document[] = [
  workflow([{ id: "a", type: "transform", expression: { n: "${input}" } }], []),
  workflow(
    [
      { id: "if", type: "condition", expression: "size(input) > 0" },
      { id: "yes", type: "transform", expression: "${input.?a.orValue([])}" },
      { id: "no", type: "end", name: "Nothing to do" },
    ],
    [
      { from: "if", to: "yes", case: "true" },
      { from: "if", to: "no", case: "false" },
    ],
  ),
  workflow(
    [
      {
        id: "each",
        type: "loop",
        items: "${input.?a.orValue([1, 2])}",
        itemName: "item",
        body: { startNodeId: "in", nodes: [{ id: "in", type: "transform", expression: "${item}" }], edges: [] },
      },
    ],
    [],
  ),
  workflow(
    [
      { id: "ask", type: "approval", actionLabel: "May we?" },
      { id: "done", type: "transform", expression: "${step.ask.output}" },
    ],
    [{ from: "ask", to: "done", case: "approved" }],
  ),
  workflow(
    [
      { id: "pause", type: "wait", duration: "PT1S" },
      { id: "after", type: "transform", expression: "${env.now}" },
    ],
    [{ from: "pause", to: "after" }],
  ),
];

function spec(): Document {
  return { specVersion: "1", startNodeId: "e", nodes: [{ id: "e", type: "end" }], edges: [] };
}

function workflow(nodes: Document[], edges: Document[]): Document {
  return { triggers: [{ id: "api", type: "api" }], spec: { startNodeId: nodes[0]?.["id"], nodes, edges } };
}

const types = [
  "transform",
  "condition",
  "approval",
  "wait",
  "loop",
  "http",
  "Action",
  "LLM",
  "Start",
  "end",
  "form",
  "zzz",
];

/** A document from nothing: real node types, made-up wiring. */
function generated(dice: Dice): Document {
  const count = 1 + dice.below(dice.chance(0.02) ? 2000 : 12);
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  return {
    name: "generated",
    triggers: [{ id: "t", type: dice.pick(["manual", "api", "event", "webhook", "form", "schedule", "zzz"]) }],
    spec: {
      startNodeId: dice.pick(ids),
      nodes: ids.map((id) => ({
        id,
        type: dice.pick(types),
        expression: dice.pick([1, "input.a", "${input.a}", { a: "${run.id}" }]),
        items: "${input.a}",
        seconds: dice.below(3),
        ...(dice.chance(0.2) ? { [dice.pick(["config", "body", "input", "policy"])]: oddValue(dice) } : {}),
      })),
      edges: ids.map((from) => ({
        from,
        to: dice.pick(ids),
        ...(dice.chance(0.4) ? { case: dice.pick(["true", "false", "approved", "each", ""]) } : {}),
      })),
    },
  };
}

/** H4: forty levels that each name the next one twice. */
const doubling = {
  type: "object",
  properties: { a: { $ref: "#/$defs/d0" } },
  $defs: Object.fromEntries([
    ...Array.from({ length: 40 }, (_, level) => {
      const next = { $ref: `#/$defs/d${level + 1}` };
      return [`d${level}`, { allOf: [next, next] }];
    }),
    ["d40", { minLength: 0 }],
  ]),
};
/** H5: a name with a bracket that is never closed, where a finding looks for its place. */
const unclosedName = { triggerType: "event", triggerSpec: { event: "a.b", input: { "a]": "${1+" } } };

/** Texts that no generator of values can write. */
const hostile: readonly ((dice: Dice) => string)[] = [
  () => `{"name":"a","name":"b","spec":{"nodes":[],"nodes":[]}}`,
  () => `{"spec":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
  () => `{"spec":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`,
  () => `{"spec":{"nodes":[{"id":"a","type":"transform","expression":1e999}]}}`,
  () => `{"spec":{"nodes":[{"id":"\\u0000","type":"\\ud800"}]}}`,
  () => `{"__proto__":{"spec":{}},"spec":{"__proto__":{"nodes":[]}}}`,
  () =>
    `{"spec":{"nodes":${JSON.stringify(Array.from({ length: 10_000 }, (_, at) => ({ id: `n${at}`, type: "transform", expression: 1 })))},"edges":[]}}`,
  () => JSON.stringify({ name: "h4", spec: { ...spec(), inputSchema: doubling } }),
  () => JSON.stringify({ name: "h5", spec: spec(), ...unclosedName }),
  () => `{"spec":{"nodes":[`,
  () => "﻿{}",
  () => "null",
  () => "[]",
  () => '"text"',
  (dice) => JSON.stringify({ spec: oddValue(dice), triggers: oddValue(dice), config: oddValue(dice) }),
];

/** The text of one document, under the slug that it is to have where it is an object. */
export function documentText(dice: Dice, slug: string): string {
  if (dice.chance(0.15)) return dice.pick(hostile)(dice);
  const document = dice.chance(0.2) ? generated(dice) : dice.pick(dice.chance(0.4) ? small : shipped);
  const mutated = dice.chance(0.15) ? structuredClone(document) : mutate(document, dice);
  if (typeof mutated === "object" && mutated !== null && dice.chance(0.95))
    Object.assign(mutated, { slug, name: slug });
  return JSON.stringify(mutated);
}
