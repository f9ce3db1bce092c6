import type { CapturedMessage, CustomerConversation } from "@/core/contracts/conversation";
import { minutesAgo } from "./sample-run";

export const sampleConversation: CustomerConversation = {
  organization: "Acme",
  contact: { name: "Jane", email: "jane@acme.com" },
  messages: [
    {
      id: "m1",
      author: "workflow",
      authorName: "Acme",
      body: "Hello Jane. What can we do for you?",
      at: minutesAgo(9),
    },
    { id: "m2", author: "contact", authorName: "Jane", body: "Upgrade my plan", at: minutesAgo(8) },
    {
      id: "m3",
      author: "operator",
      authorName: "Kim",
      body: "Thanks. I need one more detail from you, please fill in the short form below.",
      at: minutesAgo(3),
    },
  ],
  leftAlone: false,
  quickReplies: [
    { value: "upgrade", label: "Upgrade my plan" },
    { value: "refund", label: "Ask for a refund" },
  ],
  requests: [
    {
      id: "r1",
      title: "Plan upgrade",
      state: "waiting_for_people",
      label: "A manager is looking at it",
      since: minutesAgo(8),
      steps: [
        { label: "We checked who you are", state: "done" },
        { label: "A manager decides", state: "now" },
        { label: "Your plan changes", state: "next" },
      ],
    },
  ],
  newsKey: "",
  forms: [
    {
      waitpointId: "f1",
      title: "Refund details",
      values: { reason: "" },
      schema: {
        type: "object",
        required: ["order", "reason"],
        properties: {
          order: { type: "string", title: "Order number" },
          amount: { type: "number", title: "Amount", minimum: 1 },
          reason: { type: "string", enum: ["damaged", "late", "other"], title: "Reason" },
          agree: { type: "boolean", title: "I send the goods back" },
        },
      },
    },
  ],
};

export const sampleMessages: CapturedMessage[] = [
  {
    id: "1",
    channel: "whatsapp",
    address: "+62 812 0000 0001",
    subject: null,
    body: "Your upgrade is done: $42.60 prorated.",
    status: "captured",
    runId: "r1",
    at: minutesAgo(1),
  },
  {
    id: "2",
    channel: "email",
    address: "jane@acme.com",
    subject: "You are on Enterprise",
    body: "Hi Jane,\n\nyour upgrade is done: $42.60 prorated.\n\nFollow it here: http://localhost:3000/c/example.",
    status: "captured",
    runId: "r1",
    at: minutesAgo(1),
  },
  {
    id: "3",
    channel: "slack",
    address: "#approvals",
    subject: null,
    body: "Upgrade jane@acme.com to Enterprise waits for a manager.",
    status: "captured",
    runId: null,
    at: minutesAgo(4),
  },
];
