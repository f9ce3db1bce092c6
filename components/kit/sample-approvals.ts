import type { InboxItem } from "@/core/contracts/inbox";
import type { ApprovalContext, ApprovalItem, DecisionRecord } from "@/core/contracts/approval";
import { minutesAgo } from "./sample-run";

export const sampleApproval: ApprovalContext = {
  id: "a1",
  runId: "01936f4a-7d7e-7c00-8000-0000000f8f3a",
  nodeId: "approve",
  status: "pending",
  actionLabel: "Manager approval required",
  headline: "Upgrade jane@acme.com to Enterprise",
  money: { currency: "USD", amount: "42.6" },
  fingerprint: "a1",
  fields: [
    { label: "Customer", value: "jane@acme.com" },
    { label: "Action", value: "subscription.upgrade" },
    { label: "Plan Change", value: "Pro → Enterprise" },
    { label: "Amount", value: "$42.60/mo prorated" },
  ],
  assignTo: ["role:manager"],
  rule: null,
  assignRefs: ["role:manager"],
  changed: [],
  approvedBefore: null,
  countsBy: null,
  dueAt: minutesAgo(-190),
  createdAt: minutesAgo(4),
  requestedBy: "Jane",
  test: false,
  workflow: { id: "w1", slug: "subscription-upgrade", name: "Subscription Upgrade", version: 3 },
  decision: null,
  decidedBy: null,
  decidedAt: null,
  comment: null,
  votes: [],
  decisionsNeeded: 1,
  quorum: { mode: "any", then: [] },
  canDecide: true,
  cannotDecideReason: null,
  commentRequiredOn: ["rejected"],
  undecidable: null,
  questions: [],
  mayAsk: true,
  mayAnswer: false,
  delegations: [],
  delegatedBy: null,
  delegatedTo: null,
  deputies: [],
  standsInFor: null,
  mayDelegate: true,
  mayReassign: false,
  customer: { name: "Jane", email: "jane@acme.com", plan: "Pro" },
  conversation: {
    id: "c1",
    messages: [
      {
        id: "m1",
        author: "contact",
        authorName: "Jane",
        body: "Hi, we are growing. Can I get the Enterprise plan today?",
        at: minutesAgo(6),
      },
      {
        id: "m2",
        author: "workflow",
        authorName: "Acme",
        body: "Thanks Jane. A manager looks at it now.",
        at: minutesAgo(5),
      },
    ],
  },
  bound: [{ path: "step.preview.output.amount", label: "Amount (Preview upgrade cost)", value: 42.6 }],
  whatHappensNext: {
    approved: [
      "charges $42.60 and moves the customer to “Enterprise”",
      "writes to “jane@acme.test” by WhatsApp + Email: “You are on Enterprise now.”",
    ],
    rejected: ["writes to “jane@acme.test” by WhatsApp + Email"],
    timedOut: ["counts as rejected", "writes to “jane@acme.test” by WhatsApp + Email"],
  },
  steps: [
    {
      name: "Verify customer identity",
      type: "tool_call",
      status: "completed",
      rejected: false,
      summary: null,
      durationMs: 300,
    },
    {
      name: "Check plan eligibility",
      type: "condition",
      status: "completed",
      rejected: false,
      summary: "Passed",
      durationMs: 1,
    },
    {
      name: "Preview upgrade cost",
      type: "tool_call",
      status: "completed",
      rejected: false,
      summary: "$42.60 prorated",
      durationMs: 812,
    },
    {
      name: "Manager approval required",
      type: "approval",
      status: "waiting",
      rejected: false,
      summary: null,
      durationMs: null,
    },
  ],
  isPaused: false,
  editable: [],
  record: null,
};

const decidedRecord: DecisionRecord = {
  by: "Max Manager",
  onBehalfOf: null,
  via: "ui",
  messageToRequester: null,
  edits: [],
  timeoutEffect: null,
  cancelled: null,
};

const decided = { ...sampleApproval, decidedAt: minutesAgo(1) };

/** The ends that an approval can come to. */
export const sampleDecisions: ApprovalContext[] = [
  {
    ...decided,
    id: "d1",
    status: "approved",
    decision: "approved",
    comment: "Half of it is enough.",
    record: {
      ...decidedRecord,
      via: "api",
      onBehalfOf: "Ana",
      messageToRequester: "Welcome to Enterprise.",
      edits: [{ path: "input.amount", label: "Amount", was: 900, now: 500 }],
    },
  },
  { ...decided, id: "d2", status: "rejected", decision: "rejected", comment: "Not this year.", record: decidedRecord },
  {
    ...decided,
    id: "d3",
    status: "timed_out",
    decision: "timed_out",
    record: { ...decidedRecord, by: null, via: null, timeoutEffect: "approved" },
  },
  {
    ...decided,
    id: "d4",
    status: "cancelled",
    decision: "cancelled",
    record: {
      ...decidedRecord,
      by: null,
      via: null,
      cancelled: { by: "Olive Owner", reason: "Customer withdrew" },
    },
  },
];

const approvals: ApprovalItem[] = [
  sampleApproval,
  {
    ...sampleApproval,
    id: "a2",
    headline: "KTP requires manual review",
    fields: [],
    requestedBy: null,
    dueAt: null,
    createdAt: minutesAgo(70),
    workflow: { ...sampleApproval.workflow, name: "Indonesian KYC onboarding" },
  },
  {
    ...sampleApproval,
    id: "a3",
    status: "approved",
    decision: "approved",
    decidedAt: minutesAgo(200),
    headline: "Refund $1,250.00 to sam@acme.com",
    decidedBy: { id: "u1", name: "Kim" },
  },
];

/** As the inbox has them. */
export const sampleItems: InboxItem[] = approvals.map((item) => ({ kind: "approval", ...item }));
