import { readFileSync } from "node:fs";
import { icons } from "lucide-react";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connectorCatalog } from "@/connectors/definitions";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { isCommonField, parseNodeConfig } from "@/core/workflow/node-fields";
import { nodeHandles } from "@/core/workflow/spec-index";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "./definitions";
import { triggerDefinitions } from "@/triggers/definitions";

const all = Object.entries<AnyStepDefinition>(stepDefinitions);

/** The example in the README of a step type. */
function readmeExample(type: string): { id: string; type: string } {
  const text = readFileSync(new URL(`./${type}/README.md`, import.meta.url), "utf8");
  const [, json] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  return JSON.parse(json ?? "null") as { id: string; type: string };
}

function example(type: string): { definition: AnyStepDefinition; config: unknown; issues: string[] } {
  const node = readmeExample(type);
  const imported = importSpec(
    { startNodeId: node.id, nodes: [node, { id: "other", type: "output", output: {} }], edges: [] },
    stepDefinitions,
  );
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  const [first] = imported.spec.nodes;
  const definition = first === undefined ? undefined : all.find(([name]) => name === first.type)?.[1];
  const parsed = first === undefined || definition === undefined ? undefined : parseNodeConfig(first, definition);
  if (definition === undefined || parsed?.ok !== true)
    throw new Error(`The example of ${type} is not what the type asks for.`);
  const context = {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: null,
    config: defaultConfig,
  };
  const expected = new Set(["unreachable_node", "step_not_available", "dangling_edge"]);
  const issues = validateSpec(imported.spec, context).filter(
    ({ code, severity }) => severity === "error" && !expected.has(code),
  );
  return { definition, config: parsed.config, issues: issues.map(({ code, message }) => `${code}: ${message}`) };
}

describe("the registry of step types", () => {
  it("F-22 to F-28, K-15 and M-5 to M-10 are there under one spelling each", () => {
    expect(Object.keys(stepDefinitions)).toEqual(
      "start tool_call service_call notify webhook_emit llm subworkflow approval collect_form human_handoff condition decision loop parallel wait transform output end".split(
        " ",
      ),
    );
    const spellings = all.flatMap(([, { type, aliases }]) => [type, ...aliases].map((name) => name.toLowerCase()));
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it("only what cannot run yet is marked so", () => {
    expect(all.filter(([, { available }]) => !available).map(([type]) => type)).toEqual(["llm", "subworkflow"]);
  });

  it.each(all)("%s keeps to the contract", (type, definition) => {
    expect(definition.type).toBe(type);
    expect(definition.config).toBeInstanceOf(z.ZodObject);
    const fields = definition.config instanceof z.ZodObject ? Object.keys(definition.config.shape) : [];
    expect(fields.filter(isCommonField)).toEqual([]);
    expect(definition.description).toMatch(/\.$/);
    const pascal = definition.icon
      .split("-")
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join("");
    expect(Object.keys(icons)).toContain(pascal);
  });

  it.each(Object.keys(stepDefinitions))("the README of %s shows a valid example", (type) => {
    const { definition, config, issues } = example(type);
    expect(issues).toEqual([]);
    expect(definition.summary(config)).not.toBe("");
    expect(definition.expressionSites(config).every(({ path }) => path !== "")).toBe(true);
  });

  it.each(Object.keys(stepDefinitions))(
    "the ways out of %s are distinct, and the usual one is what an unlabelled connection means",
    (type) => {
      const { definition, config } = example(type);
      const handles = nodeHandles(definition, config);
      expect(new Set(handles.map(({ id }) => id)).size).toBe(handles.length);
      expect(handles.filter(({ unlabelled }) => unlabelled).map(({ id }) => id)).toEqual(
        definition.implicitCase === undefined ? [] : [definition.implicitCase],
      );
    },
  );

  it("every effect, wait, container, condition, decision and transform can be left when it fails", () => {
    const fallible = all
      .filter(([type]) => nodeHandles(example(type).definition, example(type).config).some(({ id }) => id === "error"))
      .map(([type]) => type);
    expect(Object.keys(stepDefinitions).filter((type) => !fallible.includes(type))).toEqual([
      "start",
      "parallel",
      "output",
      "end",
    ]);
  });
});

describe("what cards say", () => {
  const line = (node: Record<string, unknown>): string => {
    const definition = all.find(([type]) => type === node["type"])?.[1];
    const { type: _type, ...fields } = node;
    return definition?.summary(definition.config.parse(fields)) ?? "";
  };

  it.each([
    ["F-18 Waiting for operator", { type: "approval" }],
    ["K-30 Waiting for kyc analyst", { type: "approval", assignTo: "role:kyc_analyst" }],
    ["F-20 WhatsApp + Email", { type: "notify", channels: ["whatsapp", "email"], to: "x", message: "y" }],
    ["F-16 current_plan != 'enterprise'", { type: "condition", expression: "current_plan != 'enterprise'" }],
    ["K-17 POST /api/aml/screen", { type: "service_call", service: "aml", method: "POST", path: "/api/aml/screen" }],
    ["K-25 For PT5M", { type: "wait", duration: "PT5M" }],
    ["F-28 Upgraded", { type: "end", message: "Upgraded" }],
  ])("%s", (title, node) => {
    expect(line(node)).toBe(title.slice(title.indexOf(" ") + 1));
  });

  it("K-19 K-20 a service call has its own tries and timeout", () => {
    expect(stepDefinitions.service_call.defaultRetry).toEqual({
      maxAttempts: 3,
      backoff: "exponential",
      retryOn: ["5xx", "timeout"],
    });
    expect(stepDefinitions.service_call.defaultTimeoutMs).toBe(30_000);
  });
});
