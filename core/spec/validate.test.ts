import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { defaultConfig } from "./document";
import type { Issue, Spec } from "./document";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import { writtenSpec } from "./generated-documents.testkit";
import { importSpec } from "./import";
import { blocksPublishing, validateSpec } from "./validate";
import type { ValidationContext } from "./validate";
import { importWorkflowDocument } from "./workflow-document";

const connections = ["identity", "aml", "stripe", "shopify"];
const context: ValidationContext = {
  definitions: stepDefinitions,
  connectors: connectorCatalog,
  connections,
  triggers: [{ id: "api", type: "api" }],
  config: defaultConfig,
};

const verify = { id: "verify", type: "tool_call", tool: "identity.verify", input: { email: "${input.email}" } };
const done = { id: "done", type: "end" };
const approve = {
  id: "approve",
  type: "approval",
  assignTo: "role:manager",
  timeoutHours: 24,
  onReject: { next: "done" },
};

interface TestNode {
  id: string;
  [field: string]: unknown;
}

/** A document of these nodes, in a chain unless edges are given. */
function chain(nodes: readonly TestNode[], edges?: readonly object[], more: object = {}): object {
  const drawn = edges ?? nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id, to: node.id }));
  return { startNodeId: nodes[0]?.id, nodes, edges: drawn, ...more };
}

function issuesOf(raw: object, overrides: Partial<ValidationContext> = {}): Issue[] {
  const imported = importSpec(raw, stepDefinitions);
  return imported.ok ? validateSpec(imported.spec, { ...context, ...overrides }) : imported.issues;
}

const loopOf = (body: object, more: object = {}) => ({ id: "each", type: "loop", items: "input.list", body, ...more });

/** For every code at least one document that shows it, with the path where it is reported. */
const failing: [code: string, path: string, raw: object, overrides?: Partial<ValidationContext>][] = [
  [
    "cycle",
    "edges[1]",
    chain(
      [verify, { ...verify, id: "again" }],
      [
        { from: "verify", to: "again" },
        { from: "again", to: "verify", case: "error" },
        { from: "again", to: "verify" },
      ],
    ),
  ],
  ["cycle", "nodes[0].body.edges[0]", chain([loopOf(chain([verify], [{ from: "verify", to: "verify" }]))])],
  ["no_start", "startNodeId", { nodes: [verify], edges: [] }],
  ["no_start", "startNodeId", { startNodeId: "gone", nodes: [verify], edges: [] }],
  ["no_start", "nodes[0].body.startNodeId", chain([loopOf({ nodes: [verify], edges: [] })])],
  ["unknown_type", "nodes[0].type", chain([{ ...verify, type: "tool_cal" }])],
  ["duplicate_id", "nodes[1].id", chain([verify, verify], [])],
  ["duplicate_id", "nodes[1].body.nodes[0].id", chain([verify, loopOf(chain([verify]))])],
  ["dangling_edge", "edges[0].to", chain([verify], [{ from: "verify", to: "nowhere" }])],
  ["dangling_edge", "edges[0].from", chain([verify], [{ from: "nowhere", to: "verify" }])],
  [
    "missing_default_case",
    "nodes[0].defaultCase",
    chain([{ id: "route", type: "decision", expression: "input.kind", cases: { a: { next: "done" } } }, done], []),
  ],
  [
    "branch_conflict",
    "nodes[0]",
    chain(
      [
        {
          id: "route",
          type: "decision",
          expression: "input.kind",
          cases: { a: { next: "done" } },
          defaultCase: "done",
        },
        verify,
        done,
      ],
      [{ from: "route", to: "verify", case: "a" }],
    ),
  ],
  [
    "branch_conflict",
    "nodes[0].onTimeout",
    chain([{ ...approve, onTimeout: "approve" }, done], [{ from: "approve", to: "done", case: "timed_out" }]),
  ],
  ["unknown_reference", "nodes[1].message", chain([verify, { ...done, message: "${step.verfy.output.name}" }])],
  ["unknown_reference", "nodes[1].message", chain([verify, { ...done, message: "${step.verify.headers.location}" }])],
  [
    "unknown_reference",
    "nodes[0].input.email",
    chain([
      { ...verify, input: { email: "${step.later.output.name}" } },
      { ...verify, id: "later" },
    ]),
  ],
  [
    "unknown_reference",
    "nodes[1].message",
    chain([loopOf(chain([verify])), { ...done, message: "${step.verify.output.name}" }]),
  ],
  [
    "unknown_reference",
    "nodes[0].body.nodes[0].input.email",
    chain([loopOf(chain([{ ...verify, input: { email: "${step.each.output[0]}" } }]))]),
  ],
  ["bad_expression", "nodes[0].expression", chain([{ id: "check", type: "condition", expression: "current_plan !=" }])],
  ["bad_expression", "nodes[0].input.email", chain([{ ...verify, input: { email: "${input.email" } }])],
  ["bad_expression", "nodes[0].result", chain([{ ...verify, result: "${nosuch(output)}" }])],
  [
    "bad_expression",
    "nodes[0].expression",
    chain([{ id: "check", type: "condition", expression: "curent_plan == 'pro'" }], [], {
      inputSchema: { type: "object", properties: { current_plan: {} }, additionalProperties: false },
    }),
  ],
  [
    "bad_expression",
    "triggers[0].filter",
    chain([verify]),
    { triggers: [{ id: "e", type: "event", event: "contact.created", filter: "trigger.x ==" }] },
  ],
  [
    "unknown_connection",
    "nodes[0].service",
    chain([{ id: "call", type: "service_call", service: "identty", path: "/x" }]),
  ],
  ["unknown_connection", "nodes[0].tool", chain([verify]), { connections: ["aml"] }],
  [
    "unknown_connection",
    "nodes[0].connection",
    chain([{ id: "call", type: "tool_call", tool: "http.request", input: { path: "/x" } }]),
  ],
  ["unknown_action", "nodes[0].tool", chain([{ ...verify, tool: "identity.verfy" }])],
  ["invalid_config", "nodes[0].input.email", chain([{ ...verify, input: {} }])],
  ["invalid_config", "nodes[0].input.mail", chain([{ ...verify, input: { email: "a@acme.com", mail: 1 } }])],
  ["invalid_config", "nodes[0].service", chain([{ id: "call", type: "service_call", path: "/x" }])],
  ["invalid_config", "nodes[0].id", chain([{ ...verify, id: "in" }])],
  ["invalid_config", "nodes[0].itemName", chain([loopOf(chain([verify]), { itemName: "package" })])],
  ["invalid_config", "nodes[0].max", chain([loopOf(chain([verify]), { items: null, until: "true" })])],
  ["invalid_config", "nodes[0].duration", chain([{ id: "delay", type: "wait", duration: "5 minutes" }])],
  [
    "invalid_config",
    "edges[0].case",
    chain([
      { id: "route", type: "decision", expression: "input.kind", cases: { a: { next: "done" } }, defaultCase: "done" },
      done,
    ]),
  ],
  [
    "invalid_config",
    "edges[0].case",
    chain(
      [
        {
          id: "route",
          type: "decision",
          expression: "input.kind",
          cases: { a: { next: "done" } },
          defaultCase: "done",
        },
        done,
      ],
      [{ from: "route", to: "done", case: "b" }],
    ),
  ],
  ["invalid_config", "edges[1].case", chain([verify, done, { ...verify, id: "after" }])],
  ["invalid_config", "nodes[0].body.nodes[0].type", chain([loopOf(chain([done]))])],
  ["invalid_config", "inputSchema.type", chain([verify], [], { inputSchema: { type: "objekt" } })],
  [
    "invalid_config",
    "triggers[0].cron",
    chain([verify]),
    { triggers: [{ id: "s", type: "schedule", cron: "* * * * * *" }] },
  ],
  ["invalid_config", "triggers[0].event", chain([verify]), { triggers: [{ id: "e", type: "event" }] }],
  [
    "duplicate_id",
    "triggers[1].id",
    chain([verify]),
    {
      triggers: [
        { id: "e", type: "api" },
        { id: "e", type: "manual" },
      ],
    },
  ],
  ["no_trigger", "triggers", chain([verify]), { triggers: [] }],
  ["unreachable_node", "nodes[1]", chain([verify, { ...verify, id: "island" }], [])],
  ["too_large", "nodes", chain(Array.from({ length: 2_001 }, (_, index) => ({ ...verify, id: `n${index}` })))],
  ["too_large", "nodes", chain([{ ...verify, input: { email: "x".repeat(2 * 1024 * 1024) } }])],
  ["test_override_in_spec", "nodes[0].test_behavior", chain([{ ...approve, test_behavior: "auto_approve" }, done])],
  ["test_override_in_spec", "nodes[0].autoApprove", chain([{ ...approve, autoApprove: true }, done])],
  ["step_not_available", "nodes[0].type", chain([{ id: "draft", type: "llm", prompt: "Hi" }])],
  ["step_not_available", "nodes[0].type", chain([{ id: "child", type: "subworkflow", workflow: "other" }])],
  ["step_not_available", "nodes[0].event", chain([{ id: "until_paid", type: "wait", event: "invoice.paid" }])],
  ["step_not_available", "nodes[0].quorum.mode", chain([{ ...approve, quorum: { mode: "all" } }, done])],
  ["step_not_available", "nodes[0].remindAt", chain([{ ...approve, remindAt: ["50%"] }, done])],
  ["missing_branch", "nodes[0]", chain([{ id: "check", type: "condition", expression: "input.ok" }, done])],
  ["approval_without_reject_path", "nodes[0]", chain([{ ...approve, onReject: null }, done])],
  ["approval_without_timeout", "nodes[0].timeoutHours", chain([{ ...approve, timeoutHours: null }, done])],
  ["no_reachable_approver", "nodes[0].assignTo", chain([{ ...approve, assignTo: "manager" }, done])],
  [
    "no_reachable_approver",
    "nodes[0].assignTo",
    chain([approve, done]),
    { people: { all: () => [], behind: () => null, may: () => false } },
  ],
  [
    "unsafe_repeat",
    "nodes[0].repeatable",
    chain([
      { id: "charge", type: "tool_call", tool: "stripe.subscription.update", input: { customer: "c", plan: "p" } },
    ]),
  ],
  [
    "shadowed_item",
    "nodes[0].body.nodes[0].itemName",
    chain([
      {
        id: "orders",
        type: "loop",
        items: "${input.orders}",
        body: {
          startNodeId: "parts",
          nodes: [
            {
              id: "parts",
              type: "loop",
              items: "${item.parts}",
              body: { startNodeId: "one", nodes: [{ id: "one", type: "transform", expression: "${item}" }], edges: [] },
            },
          ],
          edges: [],
        },
      },
    ]),
  ],
  ["unused_output", "nodes[0]", chain([{ id: "shape", type: "transform", expression: { a: 1 } }, done])],
];

const warnings = new Set([
  "missing_branch",
  "approval_without_reject_path",
  "approval_without_timeout",
  "unsafe_repeat",
  "shadowed_item",
  "unused_output",
]);

describe("validateSpec", () => {
  it.each(failing)("names %s at %s", (code, path, raw, overrides) => {
    const found = issuesOf(raw, overrides).find((issue) => issue.code === code && issue.path === path);
    expect(found, JSON.stringify(issuesOf(raw, overrides), null, 1)).toBeDefined();
    expect(found?.severity).toBe(warnings.has(code) ? "warning" : "error");
    expect(found?.message).toMatch(/^\S.*[.?]$/s);
  });

  it("K-16 C10 shows every code of the specification at least once", () => {
    const specified = [
      ..."cycle no_start unknown_type duplicate_id dangling_edge missing_default_case branch_conflict unknown_reference bad_expression unknown_connection unknown_action".split(
        " ",
      ),
      ..."invalid_config no_trigger unreachable_node too_large test_override_in_spec step_not_available".split(" "),
      ...warnings,
    ];
    expect(specified.filter((code) => !failing.some(([shown]) => shown === code))).toEqual([]);
  });

  it("finds nothing wrong in the subscription upgrade", () => {
    const imported = importWorkflowDocument(upgrade, stepDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    const { spec, triggers, config } = imported.document;
    expect(
      validateSpec(spec, {
        ...context,
        triggers,
        config,
        people: {
          all: () => ["max"],
          behind: (reference) => (reference === "role:manager" ? ["max"] : null),
          may: () => true,
        },
      }),
    ).toEqual([]);
  });

  it("K-22 finds nothing wrong in the KYC example", () => {
    expect(issuesOf(kyc.spec)).toEqual([]);
  });

  it("the weekly stock check waits for the LLM step alone", () => {
    const imported = importWorkflowDocument(stock, stepDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    const { spec, triggers, config } = imported.document;
    const issues = validateSpec(spec, { ...context, triggers, config });
    expect(issues.filter(({ severity }) => severity === "error").map(({ code, nodeId }) => [code, nodeId])).toEqual([
      ["step_not_available", "draft"],
    ]);
    expect(issues.filter(({ severity }) => severity === "warning").map(({ code, nodeId }) => [code, nodeId])).toEqual([
      ["approval_without_timeout", "ask"],
      ["unsafe_repeat", "order"],
    ]);
  });

  it("warnings do not block publishing, errors do", () => {
    expect(blocksPublishing(issuesOf(chain([{ ...approve, timeoutHours: null }, done])))).toBe(false);
    expect(blocksPublishing(issuesOf(chain([{ ...approve, quorum: { mode: "all" } }, done])))).toBe(true);
  });
});

describe("references", () => {
  it("a body sees what comes before its loop, its own earlier steps, and until sees the body", () => {
    const body = chain([
      { ...verify, id: "inside" },
      { id: "check", type: "transform", expression: { both: ["${step.verify.output}", "${step.inside.output}"] } },
    ]);
    const loop = { id: "each", type: "loop", until: "step.check.output.both[0] != null", max: 3, body };
    expect(issuesOf(chain([verify, loop]))).toEqual([]);
  });

  it("an output that only one branch gives may be read after the join", () => {
    const raw = chain(
      [
        { id: "check", type: "condition", expression: "input.ok" },
        verify,
        { id: "join", type: "output", output: "${step.verify.output}" },
      ],
      [
        { from: "check", to: "verify", case: "true" },
        { from: "check", to: "join", case: "false" },
        { from: "verify", to: "join" },
      ],
    );
    expect(issuesOf(raw)).toEqual([]);
  });

  it("bare names of the input, the variables and the loop are known where the input is closed", () => {
    const inputSchema = { type: "object", properties: { lines: { type: "array" } }, additionalProperties: false };
    const body = chain([
      { id: "small", type: "condition", expression: "line.amount < limit && index < 3 && env.now != null" },
    ]);
    const raw = chain([loopOf(body, { items: "lines", itemName: "line" })], [], { inputSchema });
    const found = issuesOf(raw, { config: { ...defaultConfig, variables: { limit: 5 } } });
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("any document", () => {
  it("validation never throws on what imports", () => {
    fc.assert(
      fc.property(writtenSpec, (raw) => {
        const imported = importSpec(raw, stepDefinitions);
        if (imported.ok)
          for (const issue of validateSpec(imported.spec, context)) expect(issue.message.length).toBeGreaterThan(10);
      }),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 200) },
    );
  }, 120_000);

  it("validation never throws on a canonical shape with arbitrary fields", () => {
    const id = fc.constantFrom("a", "b", "c", "");
    const fields = fc.constantFrom(
      "cases",
      "body",
      "expression",
      "channels",
      "x-source",
      "tool",
      "input",
      "items",
      "until",
      "assignTo",
      "result",
      "context",
      "bindFields",
    );
    const node = fc
      .tuple(
        id,
        fc.constantFrom(...Object.keys(stepDefinitions), "nope"),
        fc.dictionary(fields, fc.jsonValue({ maxDepth: 3 })),
      )
      .map(([nodeId, type, more]) => ({ ...more, id: nodeId, type }));
    const edge = fc.record({ from: id, to: id, case: fc.constantFrom("out", "true", "x", "error") });
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 5 }),
        fc.array(edge, { maxLength: 6 }),
        id,
        (nodes, edges, startNodeId) => {
          // Deliberately not what the type says: a stored draft may hold anything.
          const spec = { specVersion: "1", startNodeId, nodes, edges } as unknown as Spec;
          expect(Array.isArray(validateSpec(spec, context))).toBe(true);
        },
      ),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 200) },
    );
  }, 120_000);

  it("2,000 steps that each read the one before are fine", () => {
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      ...verify,
      id: `n${index}`,
      input: { email: index === 0 ? "${input.email}" : `\${step.n${index - 1}.output.name}` },
    }));
    expect(issuesOf(chain(nodes))).toEqual([]);
  }, 30_000);
});
