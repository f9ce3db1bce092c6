import { expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { chain, issuesOf } from "@/core/workflow/validate.testkit";

const inputSchema = { type: "object", additionalProperties: false, properties: { customer: { type: "string" } } };

function problems(key: string | null): string[] {
  const document = chain([{ id: "say", type: "transform", expression: "1" }], [], { inputSchema });
  const config = { ...defaultConfig, concurrency: { limit: 2, key, whenFull: "queue" as const } };
  return issuesOf(document, { config })
    .filter(({ path }) => path === "config.concurrency.key")
    .map(({ code, severity, message }) => `${severity} ${code}: ${message}`);
}

it.each([null, "input.customer", "customer", "${input.customer}-${vars.region}", "trigger.id", "a fixed ${'text'}"])(
  "what is known when a run starts tells runs apart: %j",
  (key) => {
    expect(problems(key)).toEqual([]);
  },
);

it.each([
  ["${", "error bad_expression: "],
  ["input.", "error bad_expression: "],
  ["custmer", "error bad_expression: "],
  ["step.say.output", "error unknown_reference: `step` is not known before the run starts"],
  ["${contact.id}", "error unknown_reference: `contact` is not known before the run starts"],
])("a key that would count all runs as one group is refused: %j", (key, words) => {
  expect(problems(key)).toEqual([expect.stringContaining(words)]);
});
