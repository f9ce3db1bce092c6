import type { PinnedResult, TestSettings } from "@/core/contracts/test-run";
import type { OutboxDraft, StepExecutor, StepOutcome, WaitpointDraft } from "@/core/ports";
import { descendants } from "@/core/engine/descendants";
import type { Plan } from "@/core/engine/plan";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { stepDefinitions } from "@/steps/definitions";
import type { RunSession } from "./run-session";
import { planNode, type Place } from "./turn";

/** Kinds of waitpoints that a person answers. */
const askedKinds: ReadonlySet<string> = new Set(["approval", "form", "handoff"]);

export const pinnedWarning = "Pinned output: the step was not run.";

const behind = new WeakMap<Plan, ReadonlySet<string>>();

/** True for steps that come after an approval: in a test its own tester answered that, so nothing behind it may be real. */
export function isBehindApproval(plan: Plan, nodeId: string): boolean {
  const known = behind.get(plan) ?? stepsBehindApprovals(plan);
  behind.set(plan, known);
  return known.has(nodeId);
}

function stepsBehindApprovals(plan: Plan): ReadonlySet<string> {
  const definitions: StepDefinitions = stepDefinitions;
  const approvals = [...plan.nodes.values()].filter(
    ({ type }) => definitions[type]?.answeredWith === "approvals:decide",
  );
  return new Set(approvals.flatMap(({ id }) => [...descendants(plan, id)]));
}

/** What a test gives at this place instead of running the step; the engine itself knows nothing of it. */
export function pinAt(session: RunSession, place: Pick<Place, "key" | "nodeId">): PinnedResult | null {
  const pins = session.test?.pins;
  if (!pins) return null;
  return own(pins, place.key) ?? own(pins, place.nodeId);
}

/** Stands in for the step's own executor: no call, no receipt, no question, no message. */
export function pinnedExecutor(pin: PinnedResult): StepExecutor<unknown> {
  return {
    execute({ node }): StepOutcome {
      if (pin.handle === "error") return failedAsPinned;
      // A container is opened with nothing to go through; what it gives is put in when it closes.
      if (node.kind === "container")
        return { kind: "opened", items: [], itemName: "item", concurrency: 1, onItemError: "fail" };
      return {
        kind: "completed",
        output: pin.output,
        handle: pin.handle,
        summary: "Pinned output",
        warnings: [pinnedWarning],
      };
    },
  };
}

const failedAsPinned: StepOutcome = {
  kind: "failed",
  error: {
    code: "pinned_failure",
    message: "This test gives the step's recorded failure instead of running it.",
    class: "other",
    retryable: false,
  },
};

/** Whoever a step means, a test asks and tells its tester alone, and nothing of it leaves the house. */
export function forTester(session: RunSession, place: Place, outcome: StepOutcome): StepOutcome {
  const { test } = session;
  if (!test || (outcome.kind !== "completed" && outcome.kind !== "waiting")) return outcome;
  const drafts = outcome.outbox ?? [];
  if (drafts.length === 0) return outcome;
  const name = planNode(session, place.nodeId).name;
  return {
    ...outcome,
    outbox: drafts.flatMap((draft) => redirected(test, draft, name)),
    warnings: [...new Set([...(outcome.warnings ?? []), ...drafts.map((draft) => keptBack(test, draft))])],
  };
}

/** A question to people becomes one to the tester; whom the step means stays readable with it. */
export function askTester<Draft extends Pick<WaitpointDraft, "assignees" | "request"> & { kind: string }>(
  { test }: RunSession,
  draft: Draft,
): Draft {
  if (!test || !askedKinds.has(draft.kind)) return draft;
  return {
    ...draft,
    assignees: [`user:${test.testerId}`],
    request: { ...draft.request, test: { insteadOf: draft.assignees ?? [] } },
  };
}

function redirected(test: TestSettings, draft: OutboxDraft, stepName: string): OutboxDraft[] {
  if (draft.kind === "webhook_event") return [];
  const isMessage = draft.kind === "message";
  const subject = isMessage ? draft.subject : undefined;
  return [
    {
      kind: "message",
      channel: isMessage ? draft.channel : "conversation",
      address: test.testerEmail,
      to: isMessage ? draft.address : "the conversation",
      subject: `[Test] ${subject ?? stepName}`,
      body: draft.body,
    },
  ];
}

function keptBack(test: TestSettings, draft: OutboxDraft): string {
  if (draft.kind === "webhook_event") return `Test: "${draft.event}" was not sent to the subscribers.`;
  const whom = draft.kind === "message" ? draft.to : "the customer's conversation";
  return `Test: the message for ${whom} went to ${test.testerName}.`;
}

function own(pins: Readonly<Record<string, PinnedResult>>, key: string): PinnedResult | null {
  return Object.hasOwn(pins, key) ? (pins[key] ?? null) : null;
}
