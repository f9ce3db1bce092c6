import { describe, expect, it } from "vitest";
import { checkExpression } from "@/core/expression/check";
import { completions, type Completion } from "./completion";
import { evaluateExpression } from "@/core/expression/evaluate";
import { evaluatePreview } from "@/core/expression/evaluate-preview";
import { testScope } from "@/core/expression/expression-scope.fixture";
import { languageFunctions } from "@/core/expression/language-words";
import type { SampleRunValues } from "@/core/expression/sample-scope";
import { defaultConfig } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";

const sample: SampleRunValues = {
  input: { email: "sari@acme.com", extra: 1 },
  steps: { verify: { ok: true, "X-Id": "7", people: [{ name: "Sari" }] }, list: [{ sku: "T-1", cost: 3 }] },
};

const document: EditableDocument = (() => {
  const read = importSpec(
    {
      startNodeId: "verify",
      inputSchema: {
        type: "object",
        properties: {
          email: { type: "string", title: "Customer" },
          address: { type: "object", properties: { city: { type: "string" } } },
          tags: { type: "array", items: { type: "string" } },
        },
      },
      nodes: [
        { id: "verify", type: "tool_call", tool: "identity.verify", name: "Verify customer" },
        { id: "list", type: "tool_call", tool: "shopify.products.list" },
        {
          id: "each",
          type: "loop",
          items: "step.list.output",
          itemName: "product",
          body: {
            startNodeId: "first",
            nodes: [
              { id: "first", type: "transform", expression: { left: "${product.cost}" } },
              { id: "second", type: "output", output: 1 },
            ],
            edges: [{ from: "first", to: "second", case: "out" }],
          },
        },
        { id: "ask", type: "approval" },
        { id: "later", type: "end" },
      ],
      edges: [
        { from: "verify", to: "list", case: "out" },
        { from: "list", to: "each", case: "out" },
        { from: "each", to: "ask", case: "out" },
        { from: "ask", to: "later", case: "approved" },
      ],
    },
    stepDefinitions,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return { spec: read.spec, triggers: [], config: { ...defaultConfig, variables: { limit: 3, "two words": true } } };
})();

function labels(nodeId: string | null, options: Parameters<typeof completions>[3] = {}): string[] {
  return completions(document, nodeId, stepDefinitions, options).map(({ label }) => label);
}

describe("what can be named", () => {
  it("the input with its parts, variables, context and functions everywhere", () => {
    const names = labels(null);
    expect(names).toEqual(
      expect.arrayContaining([
        "input.email",
        "input.address.city",
        "input.tags[0]",
        "vars.limit",
        'vars["two words"]',
        "run.id",
        "money",
      ]),
    );
    expect(names.filter((name) => name.startsWith("step."))).toEqual([]);
  });

  it("only steps that come before, and never what is inside another part", () => {
    const steps = (nodeId: string): string[] => [
      ...new Set(completions(document, nodeId, stepDefinitions).flatMap(({ stepId }) => stepId ?? [])),
    ];
    expect(steps("verify")).toEqual([]);
    expect(steps("ask")).toEqual(["verify", "list", "each"]);
    expect(steps("first")).toEqual(["verify", "list"]);
    expect(steps("second")).toEqual(["first", "verify", "list"]);
    expect(steps("later")).toEqual(["verify", "list", "each", "ask"]);
  });

  it("outputs as deep as a run or the settings tell", () => {
    const names = labels("later", { sample });
    expect(names).toEqual(
      expect.arrayContaining([
        "step.verify.output.ok",
        'step.verify.output["X-Id"]',
        "step.verify.output.people[0].name",
        "step.ask.output.decision",
        "step.ask.output.decidedBy.name",
        "step.verify.status",
        "input.extra",
      ]),
    );
    const known = completions(document, "later", stepDefinitions, {
      outputSchema: ({ id }) =>
        id === "verify" ? { type: "object", properties: { score: { type: "number" } } } : null,
    }).find(({ label }) => label === "step.verify.output.score");
    expect(known).toMatchObject({ kind: "step", detail: "Verify customer, number" });
  });

  it("values of a run stand beside their names", () => {
    const all = completions(document, "later", stepDefinitions, { sample });
    expect(all.find(({ label }) => label === "input.email")).toMatchObject({
      sample: "sari@acme.com",
      info: "Customer",
      detail: "text",
    });
  });

  it("M-9 the item of a loop inside of it, with the parts of the first one", () => {
    expect(labels("first", { sample })).toEqual(
      expect.arrayContaining(["product", "product.sku", "product.cost", "index"]),
    );
    expect(labels("ask", { sample })).not.toContain("product");
  });

  it("a result line sees the step's own output", () => {
    expect(labels("verify", { sample, field: "result" })).toContain("output.ok");
    expect(labels("verify", { sample })).not.toContain("output.ok");
  });

  it("every name that is offered can be read as an expression", () => {
    for (const { insert, kind } of completions(document, "second", stepDefinitions, { sample }))
      if (kind !== "function") expect([insert, checkExpression(insert, { names: "any" }).ok]).toEqual([insert, true]);
  });
});

it.each(languageFunctions.map((entry) => [entry.example, entry.result]))("%s gives %s", (example, result) => {
  const evaluated = evaluateExpression(example, testScope());
  expect(evaluated.ok && JSON.stringify(evaluated.value)).toBe(result);
});

describe("trying an expression on a run", () => {
  it("gives the value, or says why there is none", () => {
    expect(evaluatePreview("step.verify.output.ok && limit == 3", "expression", sample, { limit: 3 })).toMatchObject({
      ok: true,
      value: true,
    });
    expect(evaluatePreview({ to: "Dear ${input.email}" }, "template", sample)).toMatchObject({
      ok: true,
      value: { to: "Dear sari@acme.com" },
    });
    expect(evaluatePreview("step.verify.output.nothing", "expression", sample)).toMatchObject({ ok: false });
    expect(evaluatePreview("${step.verify.output.nothing}", "template", sample)).toMatchObject({
      ok: true,
      value: null,
    });
    expect(evaluatePreview("1 +", "expression", sample)).toMatchObject({ ok: false });
    expect(
      evaluatePreview("product.cost * 2", "expression", { ...sample, iteration: { product: { cost: 3 } } }),
    ).toMatchObject({ value: 6 });
  });

  it("answers on a large run", () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => ({ id: index, name: `row ${index}` }));
    const large: SampleRunValues = {
      input: { rows },
      steps: Object.fromEntries(rows.slice(0, 500).map(({ id }) => [`s${id}`, { rows }])),
    };
    expect(evaluatePreview("size(input.rows) + size(step.s499.output.rows)", "expression", large)).toMatchObject({
      value: 4_000,
    });
  });
});

describe("B-13 addresses to call", () => {
  const read = importSpec(
    {
      startNodeId: "tell",
      nodes: [
        { id: "tell", type: "transform", expression: { url: "${run.id}" } },
        { id: "paid", type: "wait", callback: true, name: "Payment" },
        { id: "nap", type: "wait", duration: "PT1M" },
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: {
            startNodeId: "say",
            nodes: [
              { id: "say", type: "transform", expression: { url: "x" } },
              { id: "inner", type: "wait", callback: true },
            ],
            edges: [{ from: "say", to: "inner" }],
          },
        },
      ],
      edges: [
        { from: "tell", to: "paid" },
        { from: "paid", to: "nap" },
        { from: "nap", to: "each" },
      ],
    },
    stepDefinitions,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const withCallbacks: EditableDocument = { spec: read.spec, triggers: [], config: defaultConfig };
  const offered = (nodeId: string | null): Completion[] =>
    completions(withCallbacks, nodeId, stepDefinitions).filter(({ label }) => label.startsWith("run.callback"));

  it("are offered where such a step exists, before it too, with what they are for", () => {
    expect(offered("tell")).toEqual([
      expect.objectContaining({
        insert: "run.callback('paid')",
        detail: "address of Payment",
        info: expect.stringContaining("Payment") as string,
      }),
    ]);
    expect(offered("say").map(({ insert }) => insert)).toEqual(["run.callback('paid')", "run.callback('inner')"]);
    for (const { insert } of offered("say"))
      expect(checkExpression(insert, { names: "any" })).toMatchObject({ ok: true });
  });

  it("are not offered where there is no such step, or no run", () => {
    expect(offered(null)).toEqual([]);
    expect(labels("later").filter((label) => label.startsWith("run.callback"))).toEqual([]);
  });
});
