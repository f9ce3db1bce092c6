import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { compile } from "./compile";
import { fakeDefinitions } from "./fake-definitions.testkit";
import { cases, documentNodes, propertyRuns, shuffled } from "./graphs.testkit";
import type { NodeKey, StepRecord } from "./protocol";
import { restoreState } from "./restore";
import { simulate } from "./simulate.testkit";

/** The journal after a retry that lets a failed step be: see `retry` in prisma/functions/14-control.sql. */
function letBe(records: Iterable<StepRecord>, key: NodeKey, handle: string): StepRecord[] {
  return [...records].flatMap((record) => {
    if (record.key === key) {
      const { failure: _, ...rest } = record;
      return [{ ...rest, handle }];
    }
    const isOpen = ["pending", "running", "waiting", "cancelled"].includes(record.status);
    return isOpen || (record.status === "failed" && record.handle === undefined) ? [] : [record];
  });
}

describe("a failed step that is let be", { timeout: Math.max(30_000, propertyRuns * 50) }, () => {
  it("leads where its author's `onError: continue` would have led, and nothing that was done is done again", () => {
    let tried = 0;
    fc.assert(
      fc.property(cases({ fatal: false }), fc.nat(), fc.nat(), ({ spec, plan, policy }, seed, which) => {
        const lenient = simulate(plan, policy, { pick: shuffled(seed) });
        const dealtWith = Object.entries(lenient.state.nodes).flatMap(([key, { status, handle }]) => {
          const node = plan.nodes.get(key);
          return status === "failed" && node?.onError === "continue" && handle === node.defaultHandle ? [key] : [];
        });
        const chosen = dealtWith[which % Math.max(1, dealtWith.length)];
        if (chosen === undefined) return;
        const strict = compile(
          { ...spec, nodes: spec.nodes.map((node) => (node.id === chosen ? { ...node, onError: "fail" } : node)) },
          { ...defaultConfig, maxRetries: 2, backoff: 10 },
          fakeDefinitions,
        );
        const failed = simulate(strict, policy, { pick: shuffled(seed) });
        // The run may be over before it comes to the step.
        if (failed.finishes[0]?.status !== "failed") return;
        tried += 1;
        const handle = strict.nodes.get(chosen)?.defaultHandle ?? "";
        const rows = letBe(structuredClone([...failed.records.values()]), chosen, handle);
        const again = simulate(strict, policy, { pick: shuffled(seed + 1), start: restoreState(strict, rows) });
        expect(again.stuck).toBe(false);
        expect(documentNodes(again.state)).toEqual(documentNodes(lenient.state));
        expect(again.finishes).toMatchObject([{ status: "completed" }]);
        const done = new Set(rows.filter(({ status }) => status === "completed").map(({ key }) => key));
        for (const command of again.commands)
          if (command.type === "runStep") expect([...done, chosen]).not.toContain(command.key);
      }),
      { numRuns: propertyRuns },
    );
    expect(tried).toBeGreaterThan(0);
  });
});
