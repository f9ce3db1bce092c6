import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { approve, chain, done, issuesOf, loopOf } from "@/core/workflow/validate.testkit";

const closedInput = {
  type: "object",
  properties: {
    email: { type: "string" },
    address: { type: "object", properties: { street: {}, city: {} }, additionalProperties: false },
    lines: {
      type: "array",
      items: { type: "object", properties: { sku: {}, amount: {} }, additionalProperties: false },
    },
    free: { type: "object" },
  },
  additionalProperties: false,
};
const config = { ...defaultConfig, variables: { limit: 5, rates: { eu: 1, us: 2 }, list: [{ a: 1 }] } };

/** What is said of one expression in a step that stands after an approval, a form and a transform. */
function said(expression: string, inputSchema: object = closedInput): string[] {
  const nodes = [
    { id: "start", type: "start" },
    approve,
    { id: "shape", type: "transform", expression: { total: 1 } },
    { id: "say", type: "transform", expression: { x: expression } },
    { ...done, output: { a: "${step.say.output.x}", b: "${step.shape.output}" } },
  ];
  return warnings(chain(nodes, undefined, { inputSchema }));
}

function warnings(raw: object): string[] {
  return issuesOf(raw, { config }).flatMap(({ code, severity, path, message }) =>
    code === "unknown_value" ? [`${severity} ${path} ${message}`] : [],
  );
}

describe("unknown_value", () => {
  it.each([
    ["${trigger.emial}", "`trigger.emial` is never there. Did you mean `trigger.email`?"],
    ["${input.emial}", "`input.emial` is never there. Did you mean `input.email`?"],
    ['${input["e mail"]}', '`input["e mail"]` is never there. Did you mean `input.email`?'],
    ["${input.address.stret}", "`input.address.stret` is never there. Did you mean `input.address.street`?"],
    ["${address.stret}", "`address.stret` is never there. Did you mean `address.street`?"],
    ["${trigger.?emial.orValue('')}", "`trigger.emial` is never there. Did you mean `trigger.email`?"],
    ["${vars.nope}", "`vars.nope` is never there. `vars` has limit, rates, list."],
    ["${vars.rates.uss}", "`vars.rates.uss` is never there. Did you mean `vars.rates.us`?"],
    ["${rates.asia}", "`rates.asia` is never there. `rates` has eu, us."],
    ["${run.nope}", "`run.nope` is never there. `run` has id, startedAt, version, workflow, trigger, tracking."],
    ["${run.workflow.slgu}", "`run.workflow.slgu` is never there. Did you mean `run.workflow.slug`?"],
    ["${contact.emial}", "`contact.emial` is never there. Did you mean `contact.email`?"],
    ["${conversation.subjct}", "`conversation.subjct` is never there. Did you mean `conversation.subject`?"],
    ["${env.know}", "`env.know` is never there. Did you mean `env.now`?"],
    [
      "${step.approve.output.decidedby}",
      "`step.approve.output.decidedby` is never there. Did you mean `step.approve.output.decidedBy`?",
    ],
    ["${step.shape.output.totl}", "`step.shape.output.totl` is never there. Did you mean `step.shape.output.total`?"],
    ["${step.start.output.emial}", "`step.start.output.emial` is never there. Did you mean `step.start.output.email`?"],
  ])("B-26 warns of %s", (expression, message) => {
    expect(said(expression)).toEqual([`warning nodes[3].expression.x ${message}`]);
  });

  it.each([
    "${trigger.email}",
    "${input.free.anything}",
    "${vars.list[0].b}",
    "${vars.rates[input.email]}",
    "${contact.data.anything}",
    "${run.trigger.label}",
    "${step.approve.output.edits.amount}",
    "${step.approve.error.message}",
    "${[1].map(input, input.emial)}",
  ])("B-26 says nothing of %s, which may be there", (expression) => {
    expect(said(expression)).toEqual([]);
  });

  it("B-26 says nothing of an input that may hold other fields", () => {
    expect(said("${trigger.emial}", { type: "object", properties: { email: {} } })).toEqual([]);
    expect(said("${trigger.x_a}", { ...closedInput, patternProperties: { "^x_": {} } })).toEqual([]);
  });

  it("B-26 knows the item of a loop by the list that it goes through, and what a form or a result line holds", () => {
    const body = chain([
      { id: "one", type: "transform", expression: "${item.skuu}" },
      { id: "ok", type: "output", output: "${item.sku} ${index} ${step.one.output}" },
    ]);
    expect(warnings(chain([loopOf(body, { items: "${input.lines}" })], [], { inputSchema: closedInput }))).toEqual([
      "warning nodes[0].body.nodes[0].expression `item.skuu` is never there. Did you mean `item.sku`?",
    ]);
    const form = { id: "ask", type: "collect_form", schema: closedInput, result: "${output.emial} ${output.email}" };
    expect(warnings(chain([form, { ...done, message: "${step.ask.output.adress.city}" }]))).toEqual([
      "warning nodes[0].result `output.emial` is never there. Did you mean `output.email`?",
      "warning nodes[1].message `step.ask.output.adress` is never there. Did you mean `step.ask.output.address`?",
    ]);
  });
});
