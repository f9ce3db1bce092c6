import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultConfig, type SpecNode } from "@/core/workflow/document";
import { carryOver } from "./carry-over";
import { compile } from "./compile";
import { fakeDefinitions } from "./fake-definitions.testkit";
import { cases, propertyRuns, shuffled } from "./graphs.testkit";
import { splitNodeKey } from "./node-keys";
import { draw, planOf } from "./plans.testkit";
import type { StepRecord } from "./protocol";
import { restoreState } from "./restore";
import { simulate } from "./simulate.testkit";

const done = (...keys: string[]): StepRecord[] =>
  keys.map((key) => ({ key, ...splitNodeKey(key), status: "completed", attempt: 1, handle: "out" }));
/** Every wait of these plans is an approval. */
const isApproval = (type: string): boolean => type === "wait";

describe("8 a failed run goes on with another version", () => {
  const nodes: Record<string, Partial<SpecNode>> = { check: { type: "pure" }, ask: { type: "wait" } };
  const arrows = ["check -> ask", "ask -> hold", "hold -> pay"];
  const from = planOf(arrows, nodes);
  const record = done("check", "ask", "hold");
  const to = (changed: Record<string, Partial<SpecNode>>, other = arrows) =>
    carryOver({ from, to: planOf(other, { ...nodes, ...changed }) }, record, isApproval);
  const nothing = { refused: [], dropped: [], askedAgain: [] };

  it("keeps all of it where the versions differ in names, drawing, tries, and what nothing came to yet", () => {
    expect(to({})).toEqual(nothing);
    expect(to({ hold: { name: "Hold it", retry: { maxAttempts: 9 }, timeoutMs: 5, ui: { x: 4 }, note: "!" } })).toEqual(
      nothing,
    );
  });

  it("keeps what was done, however the step that did it was changed, unless an approval stands above it", () => {
    const plain = planOf(["a -> b", "b -> c"], {});
    expect(
      carryOver({ from: plain, to: planOf(["a -> b", "b -> c"], { a: { url: 1 } }) }, done("a"), isApproval),
    ).toEqual(nothing);
    expect(to({ hold: { url: 1 } }).refused).toEqual([{ nodeId: "hold", why: "would_repeat" }]);
  });

  it("asks again for an approval of which anything that it allows was changed, and for one that was changed itself", () => {
    const asked = (changed: Record<string, Partial<SpecNode>>, other?: string[]) =>
      carryOver({ from, to: planOf(other ?? arrows, { ...nodes, ...changed }) }, done("check", "ask"), isApproval);
    const again = { refused: [], dropped: ["ask"], askedAgain: ["ask"] };
    expect(asked({ pay: { amount: 2 } })).toEqual(again);
    expect(asked({ ask: { type: "wait", who: "all" } })).toEqual(again);
    expect(asked({}, [...arrows, "hold -> tell"])).toEqual(again);
    expect(asked({}, [...arrows, "check -> tell"])).toEqual(nothing);
  });

  it("computes anew what was changed, unless calls were made after it", () => {
    expect(
      carryOver({ from, to: planOf(arrows, { ...nodes, check: { type: "pure", by: 2 } }) }, done("check"), isApproval),
    ).toEqual({ refused: [], dropped: ["check"], askedAgain: [] });
    expect(to({ check: { type: "pure", by: 2 } })).toMatchObject({
      refused: [{ nodeId: "hold", why: "would_repeat" }],
      askedAgain: ["ask"],
    });
  });

  it("computes anew what reads a variable of the workflow that has another value", () => {
    const go = (condition: string) => {
      const reads: Record<string, Partial<SpecNode>> = { ...nodes, check: { type: "pure", if: condition } };
      const [one = from, other = from] = [1, 2].map((limit) =>
        planOf(arrows, reads, { variables: { limit, same: 1 } }),
      );
      return carryOver({ from: one, to: other }, done("check"), isApproval).dropped;
    };
    for (const condition of ["limit > 1", "${vars.limit}", "vars['limit']"]) expect(go(condition)).toEqual(["check"]);
    for (const condition of ["same > 1", "unlimited > 1"]) expect(go(condition)).toEqual([]);
  });

  it("lets go of what is not there any more, and refuses what would be done once more", () => {
    const plain = planOf(["a -> b", "b -> c"]);
    const go = (other: string[], changed = {}) =>
      carryOver({ from: plain, to: planOf(other, changed) }, done("a", "b"), isApproval);
    expect(go(["a -> c"])).toEqual({ refused: [], dropped: ["b"], askedAgain: [] });
    expect(go(["a -> x", "x -> b", "b -> c"]).refused).toEqual([{ nodeId: "b", why: "would_repeat" }]);
    expect(go(["a -> b", "b -> c"], { b: { type: "pure" } }).refused).toEqual([{ nodeId: "b", why: "other_kind" }]);
  });

  it("does a loop's finished items not again, and refuses a loop that has begun and is built otherwise", () => {
    const looped = (body: string[], more: Partial<SpecNode> = {}) =>
      planOf(["each -> z"], { each: { type: "container", ...more, body: draw(body) } });
    const items = done("x[0]", "y[0]", "x[1]");
    const go = (to: ReturnType<typeof looped>, rows = items) =>
      carryOver({ from: looped(["x -> y"]), to }, rows, isApproval);
    expect(go(looped(["x -> y"]))).toEqual(nothing);
    expect(go(looped(["x -> y"], { items: "other" })).refused).toEqual([{ nodeId: "each", why: "begun_otherwise" }]);
    expect(go(looped(["x -> w", "w -> y"])).refused).toEqual([{ nodeId: "each", why: "begun_otherwise" }]);
    // A loop that is over stays over.
    expect(go(looped(["x -> w", "w -> y"]), [...items, ...done("each")])).toEqual(nothing);
  });
});

describe("8 whatever was changed in the other version", { timeout: Math.max(30_000, propertyRuns * 50) }, () => {
  /** Removes a node, changes one, or draws one more between two. */
  function changed(nodes: SpecNode[], edges: { from: string; to: string; case: string }[], which: number, how: number) {
    const node = nodes[which % nodes.length];
    if (node === undefined) return { nodes, edges };
    if (how === 0) return { nodes: nodes.map((each) => (each === node ? { ...each, other: true } : each)), edges };
    if (how === 1 && nodes[0] !== node)
      return {
        nodes: nodes.filter((each) => each !== node),
        edges: edges.filter(({ from, to }) => from !== node.id && to !== node.id),
      };
    const [first] = edges;
    if (first === undefined) return { nodes, edges };
    const split = edges[which % edges.length] ?? first;
    return {
      nodes: [...nodes, { id: "between", type: "effect" }],
      edges: [
        ...edges.filter((edge) => edge !== split),
        { ...split, to: "between" },
        { from: "between", to: split.to, case: "out" },
      ],
    };
  }

  it("no call that was made is made once more, and the run comes to an end", () => {
    let wentOn = 0;
    fc.assert(
      fc.property(
        cases({ fatal: true }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 2 }),
        ({ spec, plan, policy }, seed, which, how) => {
          const failed = simulate(plan, policy, { pick: shuffled(seed) });
          if (failed.finishes[0]?.status !== "failed") return;
          const to = compile(
            { ...spec, ...changed(spec.nodes, spec.edges, which, how) },
            { ...defaultConfig, maxRetries: 2, backoff: 10 },
            fakeDefinitions,
          );
          const records = structuredClone([...failed.records.values()]).filter(
            ({ status, handle }) =>
              status === "completed" || status === "skipped" || (status === "failed" && handle !== undefined),
          );
          const { refused, dropped } = carryOver({ from: plan, to }, records, isApproval);
          if (refused.length > 0) return;
          wentOn += 1;
          const kept = records.filter(({ key }) => !dropped.includes(key));
          const again = simulate(to, policy, { pick: shuffled(seed + 1), start: restoreState(to, kept) });
          expect(again.stuck).toBe(false);
          const made = new Set(
            records
              .filter(({ status, nodeId }) => status === "completed" && plan.nodes.get(nodeId)?.kind === "effect")
              .map(({ key }) => key),
          );
          for (const command of again.commands) if (command.type === "runStep") expect(made).not.toContain(command.key);
        },
      ),
      { numRuns: propertyRuns },
    );
    expect(wentOn).toBeGreaterThan(propertyRuns / 20);
  });
});
