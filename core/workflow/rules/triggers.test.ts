import { expect, it } from "vitest";
import { defaultConfig, type Trigger } from "@/core/workflow/document";
import { indexSpec } from "@/core/workflow/spec-index";
import { sendEventSchema } from "@/core/contracts/event";
import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { triggerProblems } from "./triggers";

const problems = (schedule: { cron: string; timezone?: string }) => problemsOf({ type: "schedule", ...schedule });
const problemsOf = (trigger: Partial<Trigger> & Pick<Trigger, "type">) =>
  triggerProblems(indexSpec({ specVersion: "1", startNodeId: "", nodes: [], edges: [] }, stepDefinitions), {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: [{ ...trigger, id: "first" }],
    config: defaultConfig,
  }).map(({ path, message }) => [path, message]);

it("B-61 a wrong time zone is reported at the time zone", () => {
  expect(problems({ cron: "0 9 * * *", timezone: "Mars/Base" })).toEqual([
    ["triggers[0].timezone", '"Mars/Base" is not a time zone. Use a name such as Asia/Jakarta, or UTC.'],
  ]);
});

it.each(["a b", "x.", ".x", "a..b", " order.paid", "ä", "webhook", "x".repeat(201)])(
  "an event trigger listens to no name that nobody can send: %j",
  (event) => {
    expect(sendEventSchema.safeParse({ name: event }).success && event !== "webhook").toBe(false);
    expect(problemsOf({ type: "event", event })).toEqual([
      ["triggers[0].event", expect.stringMatching(/[Ww]rite it like|another name|Shorten/)],
    ]);
  },
);

it.each(["order.paid", "a-b_c.D.1", "run.completed"])("an event trigger listens to what can be sent: %s", (event) => {
  expect(sendEventSchema.safeParse({ name: event }).success).toBe(true);
  expect(problemsOf({ type: "event", event })).toEqual([]);
});

it.each<[Partial<Trigger>, RegExp | null]>([
  [{ answer: "text", answerText: "Thanks" }, null],
  [{ answer: "text", respond: "output", filter: "trigger.paid == true", answerText: "Ignored" }, null],
  [{ answer: "text", respond: "output" }, null],
  [{ answer: "text", respond: "output", answerText: "Thanks" }, /never sent, because the caller gets the output/],
  [{ answerText: "Thanks" }, /never sent, because the answer is JSON/],
  [{ answer: "empty", answerText: "Thanks" }, /never sent, because the answer is empty/],
  [{ answer: "text", answerText: "Order ${trigger.id}" }, /sent as it stands/],
])("the answer text of a webhook %j", (fields, words) => {
  const found = problemsOf({ ...fields, type: "webhook" });
  expect(found).toEqual(words === null ? [] : [["triggers[0].answerText", expect.stringMatching(words)]]);
});
