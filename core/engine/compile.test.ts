import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { compile } from "./compile";
import { fakeDefinitions } from "./fake-definitions.testkit";
import { draw, planOf } from "./plans.testkit";

describe("compile", () => {
  it("lays out every scope in topological order, with the weightiest result last", () => {
    const body = draw(["ask -> book", "ask -alt-> note"]);
    const plan = planOf(["s -> each", "each -> out", "s -> last"], {
      each: { type: "container", body },
      out: { type: "result" },
    });
    expect(plan.scopes.get("")).toEqual({
      id: "",
      startNodeId: "s",
      nodeIds: ["s", "each", "last", "out"],
      order: ["s", "each", "last", "out"],
      leaves: ["last", "out"],
    });
    expect(plan.scopes.get("each")).toMatchObject({ startNodeId: "ask", leaves: ["book", "note"] });
    expect(plan.nodes.get("book")).toMatchObject({
      scopeId: "each",
      incoming: [{ from: "ask", handle: "out" }],
      resultRank: 0,
    });
    expect(plan.nodes.get("ask")?.outgoing).toEqual(
      new Map([
        ["out", ["book"]],
        ["alt", ["note"]],
      ]),
    );
  });

  it("keeps parallel edges of different cases apart and counts a repeated edge once", () => {
    const plan = planOf(["a -> b", "a -> b", "a -alt-> b"]);
    expect(plan.nodes.get("b")?.incoming).toEqual([
      { from: "a", handle: "out" },
      { from: "a", handle: "alt" },
    ]);
  });

  it("leaves out what the start does not reach, so that no join waits for it", () => {
    const plan = planOf(["a -> b", "lost -> b"]);
    expect([...plan.nodes.keys()]).toEqual(["a", "b"]);
    expect(plan.nodes.get("b")?.incoming).toHaveLength(1);
  });

  it("M-21 M-22 K-19 K-20 takes retries and time limits from the node, then the workflow, then the type, then the product", () => {
    const tries = (type: string, node: number | undefined, maxRetries: number): number | undefined =>
      planOf(
        [],
        {
          a: {
            type,
            ...(type === "container" && { body: draw([], { inner: {} }) }),
            ...(node !== undefined && { retry: { maxAttempts: node } }),
          },
        },
        { maxRetries },
      ).nodes.get("a")?.retry.maxAttempts;
    expect(tries("call", 7, 1)).toBe(7);
    expect(tries("call", undefined, 1)).toBe(2);
    expect(tries("call", undefined, 3)).toBe(3);
    expect(tries("effect", undefined, 3)).toBe(4);
    expect(tries("effect", undefined, 0)).toBe(1);
    expect(tries("pure", 7, 5)).toBe(1);
    expect(tries("container", 7, 5)).toBe(1);
    const retry = planOf([], { a: { type: "call" } }).nodes.get("a")?.retry;
    expect(retry).toEqual({ maxAttempts: 3, backoff: "exponential", retryOn: ["5xx", "timeout"] });
    expect(planOf([], { a: { type: "call" } }, { backoff: 50 }).nodes.get("a")?.retry.backoff).toBe(50);
    expect(planOf([], { a: { type: "effect" } }).nodes.get("a")).toMatchObject({
      retry: { backoff: 1000, retryOn: null },
      timeoutMs: null,
    });
    expect(planOf([], { a: { type: "call" } }).nodes.get("a")?.timeoutMs).toBe(30_000);
    expect(planOf([], { a: { type: "call", timeoutMs: 5 } }).nodes.get("a")?.timeoutMs).toBe(5);
  });

  it("gives the type its own fields only", () => {
    const plan = planOf([], { a: { name: "A", note: "x", ui: {}, disabled: true } });
    expect(plan.nodes.get("a")).toMatchObject({
      config: {},
      name: "A",
      disabled: true,
      defaultHandle: "out",
      join: "all",
      onError: "fail",
      repeatable: "safe",
    });
  });

  it("refuses what validation would have refused", () => {
    expect(() => planOf(["a -> b", "b -> c", "c -> b"])).toThrow(/circle/);
    expect(() => planOf([], { a: { type: "constructor" } })).toThrow(/not known/);
    const body = draw([], { a: {} });
    expect(() => planOf([], { a: { type: "container", body } })).toThrow(/twice/);
    const dangling = {
      specVersion: "1" as const,
      ...draw([], { a: {} }),
      edges: [{ from: "a", to: "gone", case: "out" }],
    };
    expect(() => compile(dangling, defaultConfig, fakeDefinitions)).toThrow(/leads out/);
  });
});
