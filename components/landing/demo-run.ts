import type { RunDetail, RunStep } from "@/core/contracts/run";
import { runStepAhead } from "@/core/contracts/run-step-ahead";
import type { RunCardRun } from "@/components/runs/run-card";

/** Where the visitor's example run stands. It holds until the visitor decides. */
export type DemoPhase = "holding" | "executing" | "confirming" | "done" | "explaining" | "declined";

/** What follows by itself, and after how long. */
export const demoNext: Partial<Record<DemoPhase, { phase: DemoPhase; afterMs: number }>> = {
  executing: { phase: "confirming", afterMs: 900 },
  confirming: { phase: "done", afterMs: 700 },
  explaining: { phase: "declined", afterMs: 700 },
};

/** The example run in `phase`; `now` in ms. */
export function demoRun(phase: DemoPhase, now: number): RunCardRun {
  const started = new Date(now - 2 * 60_000).toISOString();
  const steps = [
    ...beforeHold,
    approvalIn(phase, now),
    ...(isRejected(phase) ? rejectedSteps(phase) : approvedSteps(phase)),
  ];
  return {
    workflow: { id: "example", slug: "subscription-upgrade", name: "Subscription Upgrade" },
    version: 3,
    // The card of a run that holds says Running: the run is alive, only the step waits.
    status: phase === "done" || phase === "declined" ? "completed" : "running",
    createdAt: started,
    startedAt: started,
    triggerType: "event",
    triggerLabel: "Customer request",
    steps,
    graph: { nodes, edges: [] },
  };
}

export function isRejected(phase: DemoPhase): boolean {
  return phase === "explaining" || phase === "declined";
}

function step(nodeId: string, name: string, type: string, detail: string, rest: Partial<RunStep> = {}): RunStep {
  return { ...runStepAhead({ nodeId, name, type, detail }), attempt: 1, ...rest };
}

const beforeHold = [
  step("verify", "Verify customer identity", "tool_call", "identity.verify", { status: "completed", durationMs: 300 }),
  step("eligible", "Check plan eligibility", "condition", "current_plan != 'enterprise'", {
    status: "completed",
    summary: "Passed",
  }),
  step("preview", "Preview upgrade cost", "tool_call", "stripe.subscription.preview", {
    status: "completed",
    summary: "$42.60 prorated",
  }),
];

function approvalIn(phase: DemoPhase, now: number): RunStep {
  const name = "Manager approval required";
  if (phase !== "holding")
    return step("approve", name, "approval", "Decided by you", {
      status: "completed",
      summary: isRejected(phase) ? "Rejected" : "Approved",
    });
  const since = new Date(now - 60_000).toISOString();
  return step("approve", name, "approval", "Waiting for operator", {
    status: "waiting",
    waiting: { waitpointId: "example", kind: "approval", for: [], since, dueAt: null },
  });
}

function approvedSteps(phase: DemoPhase): RunStep[] {
  const execute: Partial<RunStep> =
    phase === "holding" ? {} : phase === "executing" ? { status: "running" } : { status: "completed", durationMs: 600 };
  const confirm: Partial<RunStep> =
    phase === "confirming"
      ? { status: "running" }
      : phase === "done"
        ? { status: "completed", summary: "Sent to WhatsApp and email" }
        : {};
  return [
    step("execute", "Execute upgrade", "tool_call", "stripe.subscription.update", execute),
    step("confirm", "Send confirmation", "notify", "WhatsApp + Email", confirm),
  ];
}

function rejectedSteps(phase: DemoPhase): RunStep[] {
  return [
    step("execute", "Execute upgrade", "tool_call", "stripe.subscription.update", { status: "skipped" }),
    step(
      "explain",
      "Explain the rejection",
      "notify",
      "Conversation + Email",
      phase === "declined" ? { status: "completed", summary: "Jane knows why" } : { status: "running" },
    ),
  ];
}

function node(id: string, type: string, icon: string, color: string): RunDetail["graph"]["nodes"][number] {
  return { id, type, icon, color, title: "", summary: "", parentId: null, position: null };
}

const nodes = [
  node("verify", "tool_call", "plug", "action"),
  node("eligible", "condition", "split", "condition"),
  node("preview", "tool_call", "plug", "action"),
  node("approve", "approval", "user-check", "checkpoint"),
  node("execute", "tool_call", "plug", "action"),
  node("confirm", "notify", "send", "action"),
  node("explain", "notify", "send", "action"),
];
