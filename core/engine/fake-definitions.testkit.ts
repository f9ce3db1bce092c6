import { z } from "zod";
import type { SpecEdge, SpecNode } from "@/core/workflow/document";
import type { StepDefinition, StepDefinitions, StepKind } from "@/core/workflow/step-definition";

/** A body as the fake container holds it. */
export interface FakeBody {
  startNodeId: string;
  nodes: SpecNode[];
  edges: SpecEdge[];
}

function fake<C>(
  type: string,
  kind: StepKind,
  config: z.ZodType<C>,
  more: Partial<StepDefinition<C>> = {},
): StepDefinition<C> {
  return {
    type,
    aliases: [],
    title: type,
    description: type,
    icon: "circle",
    group: "flow",
    color: "other",
    kind,
    available: true,
    config,
    handles: () => [
      { id: "out", label: "out", unlabelled: true },
      { id: "alt", label: "alt" },
    ],
    summary: () => type,
    expressionSites: () => [],
    ...more,
  };
}

/** One step type of each kind, with two ways out each, and one that gives the result. */
export const fakeDefinitions = {
  pure: fake("pure", "pure", z.object({})),
  effect: fake("effect", "effect", z.object({})),
  call: fake("call", "effect", z.object({}), {
    defaultRetry: { maxAttempts: 3, backoff: "exponential", retryOn: ["5xx", "timeout"] },
    defaultTimeoutMs: 30_000,
  }),
  wait: fake("wait", "wait", z.object({})),
  result: fake("result", "pure", z.object({}), { givesResult: true }),
  container: fake("container", "container", z.object({ body: z.custom<FakeBody>() }), {
    body: (config) => config.body,
  }),
} satisfies StepDefinitions;
