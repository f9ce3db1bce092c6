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
      askedAt: minutesAgo(8),
      state: "waiting_for_people",
      isOver: false,
      label: "Waiting for our team to decide",
      since: minutesAgo(8),
      usual: "within 4 hours",
      nudgedAt: null,
      mayNudge: true,
      mayWithdraw: true,
      steps: [
        { label: "We checked who you are", state: "done" },
        { label: "A manager decides", state: "now" },
      ],
    },
    {
      id: "r2",
      title: "Refund",
      askedAt: minutesAgo(60),
      state: "declined",
      isOver: true,
      label: "Declined",
      since: minutesAgo(40),
      usual: null,
      nudgedAt: null,
      mayNudge: false,
      mayWithdraw: false,
      steps: [],
    },
  ],
  newsKey: "",
  forms: [
    {
      waitpointId: "f1",
      title: "Refund details",
      introduction: "We need this to find your order.",
      askedAt: minutesAgo(2),
      hidden: [],
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
  pastForms: [
    {
      waitpointId: "f0",
      title: "Your details",
      askedAt: minutesAgo(55),
      endedAt: minutesAgo(50),
      outcome: "sent",
      by: "you",
      schema: { type: "object", properties: { order: { type: "string", title: "Order number" } } },
      values: { order: "B-1042" },
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
