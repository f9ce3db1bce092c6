import { isJsonObject } from "@/core/json-guard";
import { z } from "zod";
import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import { itemNameProblem } from "@/core/workflow/names";
import { siteKind } from "@/core/workflow/site-kind";
import type { StepDefinition } from "@/core/workflow/step-definition";
import { maxStepsPerRun } from "@/core/engine/run-size";
import { defineStep } from "@/steps/define-step";

const bodyNode = z.custom<SpecNode>(
  (value) => isJsonObject(value) && typeof value["id"] === "string" && typeof value["type"] === "string",
  "Not a step",
);
const bodyEdge = z.custom<SpecEdge>(
  (value) => isJsonObject(value) && ["from", "to", "case"].every((key) => typeof value[key] === "string"),
  "Not a connection",
);

const config = z.object({
  items: z
    .union([z.string().min(1), z.array(z.json()), z.record(z.string(), z.json())])
    .optional()
    .describe("The list: an expression, a template, or the items themselves"),
  until: z
    .union([z.string().min(1), z.record(z.string(), z.json())])
    .optional()
    .describe("Instead of items: repeat the body until this is true"),
  max: z.int().min(1).max(10_000).optional().describe("With until: how many times at most"),
  itemName: z.string().default("item").describe("What the body calls the current item"),
  concurrency: z.int().min(1).max(100).default(1).describe("Iterations side by side"),
  onItemError: z.enum(["fail", "continue"]).default("fail").describe("Whether one failed item fails the loop"),
  body: z.object({
    startNodeId: z.string(),
    nodes: z.array(bodyNode),
    edges: z.array(bodyEdge),
    "x-source": z.record(z.string(), z.json()).optional(),
  }),
});
export type LoopConfig = z.output<typeof config>;

const loopType = "loop";

export const loopDefinition = defineStep({
  type: loopType,
  aliases: ["for_each", "foreach"],
  title: "Loop",
  description: "Repeats a set of steps for each item in a list, or until something is true.",
  icon: "repeat",
  group: "flow",
  color: "loop",
  kind: "container",
  available: true,
  implicitCase: "out",
  starter: {
    itemName: "item",
    body: {
      startNodeId: "result",
      nodes: [{ id: "result", type: "output", name: "Result of the item", output: "${item}" }],
      edges: [],
    },
  },
  config,
  handles: () => [{ id: "out", label: "After the loop", unlabelled: true }],
  summary: loopSummary,
  expressionSites: (config) => [
    itemsSite(config),
    { path: "until", kind: "expression", value: config.until, insideBody: true },
  ],
  body: (config): Pick<Spec, "startNodeId" | "nodes" | "edges"> => config.body,
  bodyNames: (config) => [config.itemName, "index"],
  itemName: (config) => (config.items === undefined ? null : config.itemName),
  lint: loopProblems,
});

/** `items` is an expression, a template, a JSON-logic object or the list itself. */
export function itemsSite(config: Pick<LoopConfig, "items">): ReturnType<StepDefinition["expressionSites"]>[number] {
  const logic = isJsonObject(config.items);
  return { path: "items", kind: logic ? "expression" : siteKind(config.items), value: config.items };
}

function loopSummary({ items, itemName, max }: LoopConfig): string {
  if (items === undefined) return `Until it is right, at most ${max ?? 1} times`;
  return Array.isArray(items) ? `For each of ${items.length} items` : `For each ${itemName}`;
}

function loopProblems(config: LoopConfig): { code: string; severity: "error"; path: string; message: string }[] {
  const problem = (path: string, message: string) => ({
    code: "invalid_config",
    severity: "error" as const,
    path,
    message,
  });
  const itemName = itemNameProblem(config.itemName);
  return [
    ...(config.items === undefined && config.until === undefined
      ? [problem("items", "The loop has nothing to go through. Give items, or until and max.")]
      : []),
    ...(config.items !== undefined && config.until !== undefined
      ? [
          problem(
            "until",
            "A loop goes through items or repeats until something is true, not both. Remove one of them.",
          ),
        ]
      : []),
    ...(config.until !== undefined && config.max === undefined
      ? [problem("max", "A loop with until needs max, so that it ends at some time.")]
      : []),
    ...(itemName === null ? [] : [problem("itemName", itemName)]),
    ...(leastSteps(config) > maxStepsPerRun
      ? [
          problem(
            "items",
            `This loop has at least ${leastSteps(config).toLocaleString("en-US")} steps; a run may have ${maxStepsPerRun.toLocaleString("en-US")}. Shorten its list or the lists of the loops inside it.`,
          ),
        ]
      : []),
  ];
}

/** The steps that are certain: lists written out in the workflow itself, which multiply with those of the loops inside. */
function leastSteps({ items, body }: { items?: unknown; body?: unknown }): number {
  const rounds = Array.isArray(items) ? items.length : 1;
  const nodes = isJsonObject(body) && Array.isArray(body["nodes"]) ? body["nodes"] : [];
  // Which steps of a body are taken is not known; the fullest loop in it is the least that can be meant.
  const inner = nodes.filter(isJsonObject).map((node) => (node["type"] === loopType ? leastSteps(node) : 1));
  return rounds * Math.max(1, ...inner);
}
