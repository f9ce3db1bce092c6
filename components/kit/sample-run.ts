import type { RunDetail, RunListItem, RunStep } from "@/core/contracts/run";
import type { WorkflowGraph } from "@/core/workflow/graph";
import { runStepAhead } from "@/core/contracts/run-step-ahead";

// Samples for the kit page only: the subscription upgrade in the states that matter for looks.

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

function card(
  id: string,
  type: string,
  title: string,
  summary: string,
  icon: string,
  color: string,
  parentId: string | null = null,
): WorkflowGraph["nodes"][number] {
  return { id, type, title, summary, icon, color, parentId, position: null };
}

function edge(from: string, to: string, label: string | null = null): WorkflowGraph["edges"][number] {
  return { id: `${from}-${to}`, from, to, label };
}

export const upgradeGraph: WorkflowGraph = {
  nodes: [
    card("verify", "tool_call", "Verify customer identity", "identity.verify", "plug", "action"),
    card("eligible", "condition", "Check plan eligibility", "current_plan != 'enterprise'", "split", "condition"),
    card("preview", "tool_call", "Preview upgrade cost", "stripe.subscription.preview", "plug", "action"),
    card("approve", "approval", "Manager approval required", "role:manager · 24 h", "user-check", "checkpoint"),
    card("execute", "tool_call", "Execute upgrade", "stripe.subscription.update", "plug", "action"),
    card("confirm", "notify", "Send confirmation", "WhatsApp + Email", "send", "action"),
    card("explain", "notify", "Explain the rejection", "Conversation + Email", "send", "action"),
    card("already", "end", "Already on Enterprise", "completed", "flag", "output"),
  ],
  edges: [
    edge("verify", "eligible"),
    edge("eligible", "preview", "true"),
    edge("eligible", "already", "false"),
    edge("preview", "approve"),
    edge("approve", "execute", "approved"),
    edge("approve", "explain", "rejected"),
    edge("execute", "confirm"),
  ],
};

export const stockGraph: WorkflowGraph = {
  nodes: [
    card("begin", "start", "Start", "Every weekday at 9am", "circle-play", "start"),
    card("each", "loop", "For each product", "trigger.products", "repeat", "loop"),
    card("draft", "llm", "Draft a reorder note", "Summarise the stock level", "sparkles", "llm", "each"),
    card("big", "condition", "Above the limit?", "amount > variables.limit", "split", "condition", "each"),
    card("ask", "approval", "Buyer approval", "role:buyer", "user-check", "checkpoint", "each"),
    card("order", "action", "Place the order", "shopify.purchase_order.create", "plug", "action", "each"),
    card("out", "output", "Result", "orders, skipped", "circle-check", "output"),
  ],
  edges: [
    edge("begin", "each"),
    edge("draft", "big"),
    edge("big", "ask", "true"),
    edge("big", "order", "false"),
    edge("ask", "order", "approved"),
    edge("each", "out"),
  ],
};

function step(nodeId: string, rest: Partial<RunStep>): RunStep {
  const node = upgradeGraph.nodes.find((each) => each.id === nodeId);
  const { title: name = nodeId, type = "", summary: detail = "" } = node ?? {};
  return { ...runStepAhead({ nodeId, name, type, detail }), attempt: 1, input: {}, ...rest };
}

const began = { startedAt: minutesAgo(2), endedAt: minutesAgo(2) };

const sampleSteps: RunStep[] = [
  step("verify", {
    ...began,
    status: "completed",
    durationMs: 300,
    input: { email: "jane@acme.com" },
    output: { verified: true, customerId: "cus_42" },
  }),
  step("eligible", { ...began, status: "completed", summary: "Passed", durationMs: 1 }),
  step("preview", {
    ...began,
    status: "completed",
    summary: "$42.60 prorated",
    durationMs: 812,
    attempt: 2,
    output: { amount: 42.6, currency: "usd", display: "$42.60 prorated" },
    attempts: [
      {
        n: 1,
        generation: 1,
        status: "failed",
        startedAt: minutesAgo(2),
        endedAt: minutesAgo(2),
        durationMs: 30_000,
        error: { code: "timeout", message: "Stripe did not answer within 30 s." },
      },
      { n: 2, generation: 1, status: "completed", ...began, durationMs: 812, error: null },
    ],
  }),
  step("approve", {
    status: "waiting",
    startedAt: minutesAgo(1),
    waiting: {
      waitpointId: "a1",
      kind: "approval",
      for: ["role:manager"],
      since: minutesAgo(1),
      dueAt: minutesAgo(-180),
    },
  }),
  step("execute", {}),
  step("confirm", {}),
  step("explain", { status: "skipped" }),
  step("already", { status: "skipped" }),
];

const listItem: RunListItem = {
  id: "01936f4a-7d7e-7c00-8000-0000000f8f3a",
  status: "waiting_approval",
  workflow: { id: "w1", slug: "subscription-upgrade", name: "Subscription Upgrade" },
  version: 3,
  triggerType: "event",
  triggerLabel: "Customer request",
  subject: "jane@acme.com",
  requestedBy: "Jane",
  waitingFor: "Manager approval required · role:manager",
  failureReason: null,
  test: false,
  createdAt: minutesAgo(18),
  startedAt: minutesAgo(18),
  endedAt: null,
};

export const sampleRows: RunListItem[] = [
  {
    ...listItem,
    id: "01936f4a-7d7e-7c00-8000-0000000f8f3b",
    status: "running",
    waitingFor: null,
    createdAt: minutesAgo(1),
    startedAt: minutesAgo(1),
  },
  listItem,
  {
    ...listItem,
    id: "01936f4a-7d7e-7c00-8000-0000000f7e2b",
    status: "completed",
    waitingFor: null,
    subject: "sam@acme.com",
    endedAt: minutesAgo(12),
  },
  {
    ...listItem,
    id: "01936f4a-7d7e-7c00-8000-0000000f6d1c",
    status: "failed",
    waitingFor: null,
    failureReason: "step_failed",
    subject: "a.customer.with.a.very.long.address@subsidiary.acme.com",
    endedAt: minutesAgo(60),
  },
];

export const sampleRun: RunDetail = {
  ...listItem,
  status: "waiting_approval",
  createdAt: minutesAgo(2),
  startedAt: minutesAgo(2),
  input: { email: "jane@acme.com", current_plan: "pro" },
  output: null,
  error: null,
  cancelReason: null,
  message: null,
  warnings: [],
  waitingOn: "approval",
  hibernated: true,
  heartbeatAt: null,
  restoredFrom: null,
  owner: { id: "u1", name: "Kim" },
  conversationId: "c1",
  callbackUrl: null,
  callbacks: [],
  steps: sampleSteps,
  moreSteps: null,
  cut: [],
  graph: upgradeGraph,
  allowed: ["pause", "cancel"],
  mayReveal: false,
  mayRestore: false,
  repair: false,
  events: [
    { seq: 1, type: "run.started", at: minutesAgo(2), actor: { name: "Jane" }, data: {} },
    { seq: 2, type: "step.completed", at: minutesAgo(2), actor: null, data: { name: "Verify customer identity" } },
    { seq: 3, type: "approval.requested", at: minutesAgo(1), actor: null, data: { name: "Manager approval required" } },
  ],
};
