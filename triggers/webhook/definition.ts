import type { Trigger } from "@/core/workflow/document";
import { defineTrigger } from "@/triggers/define-trigger";
import { sampleInput } from "@/triggers/sample-input";
import { webhookFields } from "./fields";

export const webhookDefinition = defineTrigger({
  type: "webhook",
  title: "Webhook",
  hint: "Another system posts JSON to an address",
  icon: "webhook",
  menuPlace: 2,
  fields: webhookFields,
  starter: { callers: "signed" },
  sentence: ({ respond, filter }) =>
    `When its address is called${filter === undefined ? "" : " and its filter is true"}${respond === "output" ? "; the caller waits for the output" : ""}.`,
  sender: ({ signature, deliveryId }) =>
    senders[signature ?? ""] ?? (typeof deliveryId === "string" ? senders[deliveryId] : undefined),
  sees: { trigger: null, request: true },
  expressionSites: ({ deliveryId }) =>
    typeof deliveryId === "object" && "expression" in deliveryId
      ? [{ path: "deliveryId.expression", kind: "expression", value: deliveryId.expression }]
      : [],
  mapping: {
    unmapped: "What arrives becomes the input as it is.",
    hint: "A fixed value, ${trigger.name} for a field of the body, ${request.headers.x_topic} or ${request.query.tenant}.",
    startsByName: true,
  },
  startedByMembers: false,
  isRequestable: false,
  mayTalk: false,
  addressPath: "/api/hooks/",
  hasSecret: true,
  sample: (_trigger, inputSchema) => sampleInput(inputSchema),
  lint: (trigger) =>
    answerTextProblems(trigger).map((message) => ({
      code: "answer_text",
      severity: "warning",
      path: "answerText",
      message,
    })),
});

/** Who sends, as far as the settings say it. */
const senders: Readonly<Record<string, string>> = {
  github: "GitHub",
  stripe: "Stripe",
  shopify: "Shopify",
  slack: "Slack",
  twilio: "Twilio",
};

/** A text that is never sent, or not as it was meant. */
function answerTextProblems({ answer, answerText, respond, filter }: Trigger): string[] {
  if (answerText === undefined) return [];
  if (answer !== "text")
    return [
      `This text is never sent, because the answer is ${answer === "empty" ? "empty" : "JSON"}. Set answer to text, or remove answerText.`,
    ];
  if (respond === "output" && filter === undefined)
    return [
      "This text is never sent, because the caller gets the output of the run. Let the workflow's output say it, or set respond to accepted.",
    ];
  return answerText.includes("${")
    ? [
        "This text is sent as it stands: `${…}` is not filled in, because the answer goes out before the run has begun. Write plain words, or set respond to output and let the workflow's output say it.",
      ]
    : [];
}
