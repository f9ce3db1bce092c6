import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import type { Spec, SpecNode } from "./document";
import { exportSpec } from "./export";
import { importSpec } from "./import";

function imported(raw: unknown): Spec {
  const result = importSpec(raw, stepDefinitions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.spec;
}

function refusals(raw: unknown): [code: string, path: string][] {
  const result = importSpec(raw, stepDefinitions);
  return result.ok ? [] : result.issues.map(({ code, path }) => [code, path]);
}

const one = (node: object, ...others: object[]): Spec =>
  imported({
    startNodeId: "a",
    nodes: [{ id: "a", ...node }, ...others.map((other, index) => ({ id: `t${index + 1}`, type: "end", ...other }))],
    edges: [],
  });
const branches = (spec: Spec): string[] => spec.edges.map(({ from, to, case: handle }) => `${from}-${handle}-${to}`);
const own = ({ id: _id, type: _type, "x-source": _source, ...fields }: SpecNode): object => fields;

describe("types and fields in other spellings", () => {
  it.each([
    ["M-5 Start", "start"],
    ["M-6 Action", "tool_call"],
    ["M-7 LLM", "llm"],
    ["M-8 Condition", "condition"],
    ["M-9 Loop", "loop"],
    ["M-10 Output", "output"],
    ["K-15 human_approval", "approval"],
    ["K-15 service_call", "service_call"],
    ["K-15 http", "service_call"],
    ["K-15 switch", "decision"],
    ["F-22 tool_call", "tool_call"],
    ["F-23 form", "collect_form"],
    ["F-27 handoff", "human_handoff"],
    ["F-28 END", "end"],
  ])("%s is %s", (spelling, canonical) => {
    const type = spelling.split(" ")[1] ?? "";
    expect(one({ type }).nodes[0]?.type).toBe(canonical);
  });

  it("fields have aliases, and unknown ones are kept and exported", () => {
    const spec = one({ type: "Action", action: "identity.verify", params: { email: "x" }, colour: "red" });
    expect(own(spec.nodes[0] ?? { id: "", type: "" })).toEqual({ tool: "identity.verify", input: { email: "x" } });
    expect(exportSpec(spec, stepDefinitions)["nodes"]).toEqual([
      { id: "a", type: "Action", action: "identity.verify", params: { email: "x" }, colour: "red" },
    ]);
  });

  it("K-30 timeoutHours and JSON-logic stay as they are", () => {
    expect(one({ type: "human_approval", timeoutHours: 24 }).nodes[0]).toMatchObject({ timeoutHours: 24 });
    expect(one({ type: "condition", expression: { "==": [{ var: "plan" }, "pro"] } }).nodes[0]).toMatchObject({
      expression: { "==": [{ var: "plan" }, "pro"] },
    });
  });
});

describe("targets inside steps become edges", () => {
  it("K-22 C16 cases and defaultCase", () => {
    const spec = one(
      {
        type: "decision",
        expression: "input.x",
        cases: { yes: { next: "t1" }, no: { next: "t2" } },
        defaultCase: "t2",
      },
      {},
      {},
    );
    expect(branches(spec)).toEqual(["a-yes-t1", "a-no-t2", "a-default-t2"]);
    expect(spec.nodes[0]).toMatchObject({ cases: ["yes", "no"] });
    expect(spec.nodes[0]).not.toHaveProperty("defaultCase");
  });

  it("K-23 defaultCase may name a case", () => {
    const spec = one(
      { type: "decision", expression: "input.x", cases: { yes: { next: "t1" } }, defaultCase: "yes" },
      {},
    );
    expect(branches(spec)).toEqual(["a-yes-t1"]);
    expect(spec.nodes[0]).toMatchObject({ defaultCase: "yes" });
  });

  it("K-14 cases may be given by edges alone", () => {
    const edges = [
      { from: "a", to: "t1", case: "needs_review" },
      { from: "a", to: "t1", case: "default" },
    ];
    const spec = imported({
      startNodeId: "a",
      nodes: [
        { id: "a", type: "decision", expression: "input.x" },
        { id: "t1", type: "end" },
      ],
      edges,
    });
    expect(spec.nodes[0]).toMatchObject({ cases: ["needs_review"] });
    expect(exportSpec(spec, stepDefinitions)["edges"]).toEqual(edges);
  });

  it("F-39 F-40 onReject, onTimeout and onError", () => {
    const spec = one(
      { type: "approval", onReject: { next: "t1" }, onTimeout: { next: "t2" }, onError: { next: "t2" } },
      {},
      {},
    );
    expect(branches(spec)).toEqual(["a-timed_out-t2", "a-rejected-t1", "a-error-t2"]);
    expect(Object.keys(own(spec.nodes[0] ?? { id: "", type: "" }))).toEqual([]);
    expect(branches(one({ type: "approval", onTimeout: "t1" }, {}))).toEqual(["a-timed_out-t1"]);
    expect(one({ type: "approval", onTimeout: "escalate" }).nodes[0]).toMatchObject({ onTimeout: "escalate" });
  });

  it("an edge without a case takes the usual way out of its step", () => {
    const to = (type: string): string | undefined =>
      imported({
        startNodeId: "a",
        nodes: [
          { id: "a", type },
          { id: "b", type: "end" },
        ],
        edges: [{ from: "a", to: "b" }],
      }).edges[0]?.case;
    expect(
      ["approval", "condition", "collect_form", "human_handoff", "wait", "loop", "notify", "decision"].map(to),
    ).toEqual(["approved", "true", "submitted", "returned", "done", "out", "out", ""]);
  });

  it("C16 the same target twice is one edge, another target is refused", () => {
    const raw = (to: string) => ({
      startNodeId: "a",
      nodes: [
        { id: "a", type: "approval", onReject: { next: "b" } },
        { id: "b", type: "end" },
        { id: "c", type: "end" },
      ],
      edges: [{ from: "a", to, case: "rejected" }],
    });
    expect(branches(imported(raw("b")))).toEqual(["a-rejected-b"]);
    expect(exportSpec(imported(raw("b")), stepDefinitions)).toEqual(raw("b"));
    expect(refusals(raw("c"))).toEqual([["branch_conflict", "nodes[0]"]]);
  });
});

describe("after an edit the export tells the new truth", () => {
  const raw = {
    startNodeId: "a",
    nodes: [
      { id: "a", type: "Switch", expression: "x", cases: { yes: { next: "b" } }, defaultCase: "c" },
      { id: "b", type: "End" },
      { id: "c", type: "End" },
    ],
  };

  it("a moved branch is exported as edges, untouched steps keep their spelling", () => {
    const spec = imported(raw);
    const moved: Spec = {
      ...spec,
      edges: spec.edges.map((edge) => (edge.case === "yes" ? { from: "a", to: "c", case: "yes" } : edge)),
    };
    const exported = exportSpec(moved, stepDefinitions);
    expect(exported["edges"]).toEqual([
      { from: "a", to: "c", case: "yes" },
      { from: "a", to: "c", case: "default" },
    ]);
    expect(exported["nodes"]).toEqual([
      { id: "a", type: "Switch", expression: "x", cases: ["yes"] },
      { id: "b", type: "End" },
      { id: "c", type: "End" },
    ]);
    expect(branches(imported(exported)).sort()).toEqual(branches(moved).sort());
  });

  it("a changed expression leaves the branches as they were written", () => {
    const spec = imported(raw);
    const changed: Spec = {
      ...spec,
      nodes: spec.nodes.map((node) => (node.id === "a" ? { ...node, expression: "y" } : node)),
    };
    expect(exportSpec(changed, stepDefinitions)).toEqual({
      ...raw,
      nodes: [{ ...raw.nodes[0], expression: "y" }, ...raw.nodes.slice(1)],
    });
  });
});

describe("the start", () => {
  it("M-5 a Start step gives the start and carries the input schema of the document", () => {
    const raw = { nodes: [{ id: "begin", type: "Start", inputSchema: { type: "object" } }], edges: [] };
    expect(imported(raw)).toMatchObject({ startNodeId: "begin", inputSchema: { type: "object" } });
    expect(imported(raw).nodes[0]).not.toHaveProperty("inputSchema");
    expect(exportSpec(imported(raw), stepDefinitions)).toEqual(raw);
  });
});

describe("refusals", () => {
  it.each<[string, unknown, [string, string][]]>([
    ["no object", [], [["invalid_shape", ""]]],
    ["no nodes", {}, [["invalid_shape", "nodes"]]],
    ["a step without id", { nodes: [{ type: "end" }] }, [["invalid_shape", "nodes[0].id"]]],
    ["a wrong common field", { nodes: [{ id: "a", type: "end", name: 5 }] }, [["invalid_shape", "nodes[0].name"]]],
    ["a connection to nothing", { nodes: [], edges: [{ from: "a" }] }, [["invalid_shape", "edges[0].to"]]],
    ["an unknown type", { nodes: [{ id: "a", type: "aproval" }] }, [["unknown_type", "nodes[0].type"]]],
    [
      "an id twice, once in a body",
      {
        nodes: [
          { id: "a", type: "end" },
          { id: "l", type: "loop", body: { nodes: [{ id: "a", type: "end" }] } },
        ],
      },
      [["duplicate_id", "nodes[1].body.nodes[0].id"]],
    ],
    ["another version", { specVersion: "2", nodes: [] }, [["invalid_shape", "specVersion"]]],
    [
      "a body that is no object",
      { nodes: [{ id: "l", type: "loop", body: [] }] },
      [["invalid_shape", "nodes[0].body"]],
    ],
  ])("%s", (_what, raw, expected) => {
    expect(refusals(raw)).toEqual(expected);
  });

  it("suggests the nearest type", () => {
    const result = importSpec({ nodes: [{ id: "a", type: "aproval" }] }, stepDefinitions);
    expect(result.ok ? "" : result.issues[0]?.message).toBe('"aproval" is not a step type. Did you mean "approval"?');
  });

  it("a document nested without end is refused, not followed", () => {
    const deep: unknown = JSON.parse(`${'{"nodes":['.repeat(5_000)}${"]}".repeat(5_000)}`);
    expect(refusals(deep)).toEqual([["too_large", ""]]);
  });
});
