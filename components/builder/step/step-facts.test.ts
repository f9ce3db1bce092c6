import { describe, expect, it } from "vitest";
import { compile } from "@/core/engine/compile";
import { defaultConfig, type Spec, type SpecNode, type WorkflowConfig } from "@/core/workflow/document";
import { stepDefinitions } from "@/steps/definitions";
import { connectTargets } from "./connect-targets";
import { backoffWords, effectiveRetry, timeoutWords, triesWords } from "./effective-retry";
import { allScopes, locateNode } from "./locate-node";
import { sectionOfField } from "./section-of-field";

const spec: Spec = {
  specVersion: "1",
  startNodeId: "a",
  nodes: [
    { id: "a", type: "parallel" },
    {
      id: "each",
      type: "loop",
      items: "input.list",
      body: {
        startNodeId: "inner",
        nodes: [
          {
            id: "inner",
            type: "loop",
            items: "item.list",
            body: { startNodeId: "deep", nodes: [{ id: "deep", type: "transform", expression: "1" }], edges: [] },
          },
        ],
        edges: [],
      },
    },
    { id: "b", type: "end" },
    { id: "c", type: "end" },
  ],
  edges: [
    { from: "a", to: "each", case: "out" },
    { from: "each", to: "b", case: "out" },
  ],
};

describe("finding a step", () => {
  it("M-9 works inside bodies of bodies, and tells the loops around it, innermost first", () => {
    const found = locateNode(spec, "deep");
    expect(found?.path).toBe("nodes[1].body.nodes[0].body.nodes[0]");
    expect(found?.containers.map(({ id }) => id)).toEqual(["inner", "each"]);
    expect(locateNode(spec, "nowhere")).toBeNull();
    expect(allScopes(spec).map(({ nodes }) => nodes.length)).toEqual([4, 1, 1]);
  });

  it("K-16 offers as next steps only what makes no circle", () => {
    const targets = (id: string) => {
      const located = locateNode(spec, id);
      return located && connectTargets(located).map((node) => node.id);
    };
    expect(targets("b")).toEqual(["c"]);
    expect(targets("a")).toEqual(["each", "b", "c"]);
    expect(targets("deep")).toEqual([]);
  });
});

describe("M-21 M-22 K-19 K-20 what happens when a step fails", () => {
  const call: SpecNode = { id: "call", type: "service_call", service: "x" };
  const act: SpecNode = { id: "act", type: "tool_call", tool: "identity.verify" };
  const configs: WorkflowConfig[] = [defaultConfig, { ...defaultConfig, maxRetries: 5, backoff: 250 }];
  const nodes: SpecNode[] = [call, act, { ...act, retry: { maxAttempts: 2, backoff: "exponential" }, timeoutMs: 1500 }];

  it.each(nodes.flatMap((node) => configs.map((config) => ({ node, config }))))(
    "says what the runtime does (%#)",
    ({ node, config }) => {
      const definition = stepDefinitions[node.type === "service_call" ? "service_call" : "tool_call"];
      const plan = compile(
        { specVersion: "1", startNodeId: node.id, nodes: [node], edges: [] },
        config,
        stepDefinitions,
      );
      const planned = plan.nodes.get(node.id);
      const effective = effectiveRetry(node, definition, config);
      expect({
        maxAttempts: effective.tries.value,
        backoff: effective.backoff.value,
        timeoutMs: effective.timeoutMs.value,
      }).toEqual({
        maxAttempts: planned?.retry.maxAttempts,
        backoff: planned?.retry.backoff,
        timeoutMs: planned?.timeoutMs,
      });
    },
  );

  it("says where it comes from", () => {
    const words = (node: SpecNode, config: WorkflowConfig) =>
      triesWords(effectiveRetry(node, stepDefinitions.service_call, config));
    expect(words(call, defaultConfig)).toBe("3 tries in total, as usual for this kind of step");
    expect(words(call, { ...defaultConfig, maxRetries: 5 })).toBe(
      "6 tries in total, from this workflow's configuration",
    );
    expect(words({ ...call, retry: { maxAttempts: 1 } }, defaultConfig)).toBe("1 try in total, set here");
    expect(triesWords(effectiveRetry(act, stepDefinitions.tool_call, defaultConfig))).toBe(
      "4 tries in total, from this workflow's configuration",
    );
    expect(backoffWords(1000)).toBe("1,000 ms apart");
    expect(timeoutWords(30_000)).toBe("30 seconds per try");
    expect(timeoutWords(null)).toBe("no limit per try");
  });
});

describe("jumping to a field", () => {
  it("unfolds the section it stands in", () => {
    expect(sectionOfField("retry.maxAttempts")).toBe("failure");
    expect(sectionOfField("result")).toBe("advanced");
    expect(sectionOfField("context.fields[0].value")).toBe("settings");
    expect(sectionOfField("")).toBe("settings");
  });
});
