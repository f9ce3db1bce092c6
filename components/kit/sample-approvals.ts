import type { InboxItem } from "@/core/contracts/inbox";
import type { ApprovalContext, ApprovalItem } from "@/core/contracts/approval";
import { minutesAgo } from "./sample-run";

export const sampleApproval: ApprovalContext = {
  id: "a1",
  runId: "01936f4a-7d7e-7c00-8000-0000000f8f3a",
  nodeId: "approve",
  status: "pending",
  actionLabel: "Manager approval required",
  headline: "Upgrade jane@acme.com to Enterprise",
  fields: [
    { label: "Customer", value: "jane@acme.com" },
    { label: "Action", value: "subscription.upgrade" },
    { label: "Plan Change", value: "Pro → Enterprise" },
    { label: "Amount", value: "$42.60/mo prorated" },
  ],
  assignTo: ["role:manager"],
  assignRefs: ["role:manager"],
  changed: [],
  approvedBefore: null,
  dueAt: minutesAgo(-190),
  createdAt: minutesAgo(4),
  requestedBy: "Jane",
  test: false,
  workflow: { id: "w1", slug: "subscription-upgrade", name: "Subscription Upgrade", version: 3 },
  decision: null,
  decidedBy: null,
  decidedAt: null,
  comment: null,
  firstDecision: null,
  decisionsNeeded: 1,
  canDecide: true,
  cannotDecideReason: null,
  commentRequiredOn: ["rejected"],
  undecidable: null,
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
    { name: "Verify customer identity", type: "tool_call", status: "completed", summary: null, durationMs: 300 },
    { name: "Check plan eligibility", type: "condition", status: "completed", summary: "Passed", durationMs: 1 },
    {
      name: "Preview upgrade cost",
      type: "tool_call",
      status: "completed",
      summary: "$42.60 prorated",
      durationMs: 812,
    },
    { name: "Manager approval required", type: "approval", status: "waiting", summary: null, durationMs: null },
  ],
};

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
