import { describe, expect, it } from "vitest";
import type { Trigger } from "@/core/workflow/document";
import { importTriggers } from "@/core/workflow/triggers";
import { triggerExpressionProblems } from "./trigger-expressions";
import { triggerDefinitions } from "@/triggers/definitions";

const problems = (trigger: Partial<Trigger>): string[] =>
  triggerExpressionProblems({ id: "t", type: "webhook", ...trigger }, "triggers[0]", triggerDefinitions).map(
    ({ path, message }) => `${path}: ${message}`,
  );

describe("B-12 K7 names in a trigger's expressions", () => {
  it("what arrived and the request are known, however they are written", () => {
    expect(
      problems({
        input: { a: "${trigger.anything.at.all}", b: "${request.headers['x-github-event']}", c: "${bare}" },
        label: "${request.method} ${request.query.tenant} ${request.headers.x_shopify_topic}",
        filter: "request.query.tags.all(request_tag, request_tag != '') && request.contentType != null",
        deliveryId: { expression: "trigger.id" },
      }),
    ).toEqual([]);
  });

  it.each<[Partial<Trigger>, string]>([
    [{ filter: "request.header.x == 1" }, 'triggers[0].filter: There is no `request.header`. Did you mean "headers"?'],
    [{ label: "${request.methd}" }, 'triggers[0].label: There is no `request.methd`. Did you mean "method"?'],
    [{ input: { a: { b: "${step.x.output}" } } }, "triggers[0].input.a.b: `step` is not known before the run starts."],
    [{ filter: "vars.limit > 1" }, "triggers[0].filter: `vars` is not known before the run starts."],
    [{ label: "${request.headers.x-topic}" }, "write `request.headers['x-topic']`"],
    [{ label: "${request.headers['X-Topic']}" }, "Names of headers are in lower case: `x-topic`"],
    [{ input: { a: "${request.headers.authorization}" } }, "is never shown to a workflow"],
    [{ input: { a: "${request.headers.x_hub_signature_256}" } }, "is never shown to a workflow"],
    [{ deliveryId: { expression: "trigger." } }, "triggers[0].deliveryId.expression: "],
    [{ deliveryId: { expression: "request.id" } }, "There is no `request.id`"],
    [{ type: "event", filter: "request.method == 'POST'" }, "`request` is known to webhooks only"],
    [{ type: "schedule", input: { at: "${trigger.scheduldAt}" } }, 'Did you mean "scheduledAt"?'],
    [{ label: "${" }, "triggers[0].label: "],
  ])("%j", (trigger, words) => {
    expect(problems(trigger)).toEqual([expect.stringContaining(words)]);
  });
});

it("options of a webhook that mean nothing are refused where they stand", () => {
  for (const [field, value] of [
    ["methods", ["FETCH"]],
    ["methods", []],
    ["signature", "sha1"],
    ["deliveryId", "gitea"],
    ["deliveryId", { header: "not a header" }],
    ["answerStatus", 500],
    ["failedStatus", 100],
  ] as const) {
    const issues: { path: string; code: string; severity: "error" | "warning"; message: string }[] = [];
    importTriggers({ triggers: [{ type: "webhook", [field]: value }] } as never, issues, triggerDefinitions);
    expect(issues.map(({ path }) => path.startsWith(`triggers[0].${field}`))).toEqual([true]);
  }
});
