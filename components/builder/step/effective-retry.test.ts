import { describe, expect, it } from "vitest";
import { compile } from "@/core/engine/compile";
import { defaultConfig, type SpecNode, type WorkflowConfig } from "@/core/workflow/document";
import { stepDefinitions } from "@/steps/definitions";
import { backoffWords, effectiveRetry, timeoutWords, triesWords } from "./effective-retry";

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
