import { describe, expect, it } from "vitest";
import type { RunStep } from "@/core/contracts/run";
import { foldSteps, foldWords, isFold } from "./fold-steps";

const nothing: ReadonlyMap<string, number> = new Map();
const nobody: ReadonlySet<string> = new Set();
const at = (ms: number) => new Date(Date.parse("2026-12-01T09:00:00Z") + ms).toISOString();
const step = (n: number, status: RunStep["status"] = "completed", more: Partial<RunStep> = {}): RunStep => ({
  id: `id-${String(n)}`,
  key: `s${String(n)}`,
  nodeId: `s${String(n)}`,
  iteration: "",
  name: `Step ${String(n)}`,
  type: "transform",
  status,
  attempt: 1,
  detail: "",
  summary: null,
  input: null,
  output: null,
  attempts: [],
  snapshot: false,
  error: null,
  warnings: [],
  cut: [],
  startedAt: at(n),
  endedAt: at(n + 1),
  durationMs: 1,
  waiting: null,
  ...more,
});
const many = (count: number, status: RunStep["status"] = "completed") =>
  Array.from({ length: count }, (_, n) => step(n, status));
const told = (steps: RunStep[], shown = nothing, open = nobody) =>
  foldSteps(steps, shown, open).map((entry) => (isFold(entry) ? foldWords(entry) : entry.key));

describe("B9 a run of many steps", () => {
  it("folds what is done, but for its beginning and its end, and never what waits, failed or is read", () => {
    const waiting = step(500, "waiting");
    expect(told([...many(500), waiting])).toEqual(["s0", "s1", "s2", "495 steps done in 0.5s", "s498", "s499", "s500"]);
    const failed = many(60).map((each, n) => (n === 30 ? { ...each, status: "failed" as const } : each));
    expect(told(failed).filter((each) => /\d\d steps/.test(each))).toEqual([
      "25 steps done in 0.0s",
      "24 steps done in 0.0s",
    ]);
    expect(told(failed)).toContain("s30");
    expect(told(many(60), nothing, new Set(["s30"]))).toContain("s30");
  });

  it("says what is skipped and what is to come, and folds nothing short", () => {
    expect(told(many(100, "pending"))).toContain("95 steps to come");
    expect(told(many(100, "skipped"))).toContain("95 steps skipped");
    expect(told(many(19))).toHaveLength(19);
  });

  it("shows more of it for whoever asks, all of it in the end", () => {
    expect(told(many(200), new Map([["s0", 50]]))).toContain("145 steps done in 0.1s");
    expect(told(many(200), new Map([["s0", 190]]))).toHaveLength(200);
  });
});
