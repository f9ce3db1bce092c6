import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import type { Spec } from "./document";
import { traceSecrets } from "./trace-secrets";

const marked = {
  id: "file",
  type: "transform",
  expression: { ssn: "${input.ssn}", b: "${input.b}" },
  sensitive: ["ssn"],
};

function traced(nodes: object[], unrecorded: string[] = []) {
  const ids = nodes.map((node) => (node as { id: string }).id);
  const edges = ids.slice(1).map((to, index) => ({ from: ids[index], to }));
  // The shape of a document, as far as it is read here.
  return traceSecrets({ startNodeId: ids[0], nodes, edges } as unknown as Spec, stepDefinitions, new Set(unrecorded));
}

const placesIn = (secrets: ReturnType<typeof traced>, id: string) =>
  (secrets.steps.get(id)?.hidden ?? []).map(({ path }) => path.join(".")).sort();

describe("M11 where something sensitive goes", () => {
  it.each([
    ["a name of its own", "${ssn}", true],
    ["what triggered it", "${trigger.ssn}", true],
    ["the other step", "${step.file.output.ssn}", true],
    ["a key that is worked out", "${input[input.b]}", true],
    ["all steps", "${json(step)}", true],
    ["another field", "${input.b}", false],
    ["another part of the step", "${step.file.output.b}", false],
    ["how the step went", "${step.file.status}", false],
    ["nothing", "ssn", false],
  ])("%s", (_, text, isSecret) => {
    const secrets = traced([marked, { id: "make", type: "transform", expression: { made: text } }]);
    expect(placesIn(secrets, "make")).toEqual(isSecret ? ["input.expression.made", "output.made"] : []);
  });

  it("61 from the input's schema and the questions of a form, as from what a step lists", () => {
    const mark = { type: "string", "x-sensitive": true };
    const form = {
      id: "fill",
      type: "collect_form",
      assignTo: "role:operator",
      schema: { type: "object", properties: { pin: mark, "a.b": mark, plan: { type: "string" } } },
    };
    const make = { id: "make", type: "transform", expression: { it: "${upper(ssn)}", b: "${input.b}" } };
    const spec = {
      startNodeId: "make",
      nodes: [make, { ...form, schema: { ...form.schema, properties: { pin: mark, plan: { type: "string" } } } }],
      edges: [{ from: "make", to: "fill" }],
      inputSchema: { type: "object", properties: { ssn: mark, b: { type: "string" } } },
    };
    // The shape of a document, as far as it is read here.
    const secrets = traceSecrets(spec as unknown as Spec, stepDefinitions, new Set());
    expect(secrets.input).toEqual([["ssn"]]);
    expect(placesIn(secrets, "make")).toEqual(["input.expression.it", "output.it"]);
    expect(placesIn(secrets, "fill")).toEqual(["output.pin"]);
    // What a path cannot name is hidden with all around it.
    expect(placesIn(traced([form]), "fill")).toEqual(["output"]);
  });

  it("keeps the author's words, unless something else stands between them", () => {
    const expression = { words: "No. ${upper(input.ssn)}!", both: "${input.b}: ${input.ssn}" };
    const { steps } = traced([marked, { id: "make", type: "transform", expression }]);
    const shows = Object.fromEntries(
      (steps.get("make")?.hidden ?? []).map((each) => [each.path.join("."), each.shows]),
    );
    expect(shows).toMatchObject({ "output.words": "No. ••••!", "output.both": "••••" });
  });

  it("goes through the items of a loop, its body and its output", () => {
    const body = {
      startNodeId: "one",
      nodes: [{ id: "one", type: "transform", expression: { it: "${upper(person)}", n: "${index}" } }],
      edges: [],
    };
    const secrets = traced([
      marked,
      { id: "each", type: "loop", items: "[input.ssn]", itemName: "person", body },
      { id: "after", type: "transform", expression: { all: "${step.each.output}" } },
    ]);
    expect(placesIn(secrets, "one")).toEqual(["input.expression.it", "output.it"]);
    expect(placesIn(secrets, "each")).toContain("output");
    expect(placesIn(secrets, "after")).toContain("output.all");
  });

  it("finds it against the order of the document, and hides all of one that never ends being news", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => ({
        id: `s${String(length - index)}`,
        type: "transform",
        expression: { v: `\${upper(step.s${String(length - index - 1)}.output.v)}` },
      }));
    const first = { id: "s0", type: "transform", expression: { v: "${input.ssn}" }, sensitive: ["v"] };
    expect(placesIn(traced([...chain(8), first]), "s8")).toEqual(["input.expression.v", "output.v"]);
    const long = traced([...chain(60), first]);
    expect(placesIn(long, "s60")).toEqual(["input", "output"]);
  });

  it("takes all of an unrecorded step, and says nothing where nothing is sensitive", () => {
    const make = { id: "make", type: "transform", expression: { size: "${size(step.call.output.list)}" } };
    const call = { id: "call", type: "service_call", service: "s", method: "GET", path: "/" };
    expect(placesIn(traced([call, make], ["call"]), "make")).toEqual(["input.expression.size", "output.size"]);
    expect(traced([call, make]).steps.size).toBe(0);
  });
});
