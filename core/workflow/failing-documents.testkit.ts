import type { ValidationContext } from "./validate";
import { approve, chain, done, loopOf, verify } from "./validate.testkit";

/** For every code at least one document that shows it, with the path where it is reported. */
export const failing: [code: string, path: string, raw: object, overrides?: Partial<ValidationContext>][] = [
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
  ["unknown_calendar", "nodes[0].calendar", chain([{ ...approve, calendar: "office" }, done]), { calendars: [] }],
  ["invalid_config", "nodes[0].remindAt[0]", chain([{ ...approve, timeoutHours: 24, remindAt: ["120%"] }, done])],
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
