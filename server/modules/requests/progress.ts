import type { CustomerRequest, RequestOutcome } from "@/core/contracts/request";
import type { Spec } from "@/core/workflow/document";
import { indexSpec, type IndexedNode } from "@/core/workflow/spec-index";
import { stepDefinitions } from "@/steps/definitions";
import { isWithdrawn } from "@/server/modules/runs/service";
import { endingOf, isNo } from "./outcome";
import type { FormRow, RequestFacts } from "./repository";
import { nudgeHours } from "./nudge-store";

const labels: Readonly<Record<CustomerRequest["state"], string>> = {
  working: "We are working on it",
  waiting_for_people: "Waiting for our team to decide",
  with_colleague: "A colleague will write to you here",
  waiting_for_you: "Waiting for your answer",
  completed: "Done",
  declined: "Declined",
  timed_out: "Nobody decided in time",
  failed: "Something went wrong; our team will look into it",
  cancelled: "Cancelled",
};
/** Of requests that are followed outside of a conversation. */
const labelsElsewhere: Partial<typeof labels> = {
  with_colleague: "A colleague of ours looks after it",
  waiting_for_you: "Waiting for a form to be filled in",
};
const customerWasLate = "Not answered in time";
const withdrawn = "You withdrew it";

const hourMs = 3_600_000;
const asksTeam: ReadonlySet<CustomerRequest["state"]> = new Set(["waiting_for_people", "with_colleague"]);
const forPeople: ReadonlySet<string> = new Set(["approval", "form"]);

/** What is known of a request beside its run. */
export interface Around {
  /** Forms that are over. */
  past?: readonly FormRow[];
  nudgedAt?: Date | null;
  /** How long what it waits for takes as a rule, in words. */
  usual?: string | null;
}

/** A run in the words of whoever asked for it: what was done, what happens now, how it ended. */
export function requestProgress(
  facts: RequestFacts,
  { past = [], nudgedAt = null, usual = null }: Around = {},
): CustomerRequest {
  const { run, title, waitpoints, steps } = facts;
  const ending = run.endedAt === null ? null : endingOf(run, steps);
  const state = ending?.outcome ?? openState(facts);
  const wasCustomers = past.some((form) => form.runId === run.id && form.nodeId === ending?.nodeId);
  const elsewhere = run.conversationId === null ? labelsElsewhere[state] : undefined;
  const labelOfState = state === "timed_out" && wasCustomers ? customerWasLate : (elsewhere ?? labels[state]);
  return {
    id: run.id,
    title,
    askedAt: run.createdAt.toISOString(),
    state,
    isOver: ending !== null,
    label: state === "cancelled" && isWithdrawn(run.cancelReason) ? withdrawn : labelOfState,
    usual: asksTeam.has(state) ? usual : null,
    nudgedAt: nudgedAt?.toISOString() ?? null,
    mayNudge: asksTeam.has(state) && (nudgedAt === null || nudgedAt.getTime() + nudgeHours * hourMs <= Date.now()),
    mayWithdraw: ending === null,
    since: (run.endedAt ?? waitpoints[0]?.createdAt ?? run.startedAt ?? run.createdAt).toISOString(),
    steps: toldSteps(facts, ending?.outcome ?? null),
  };
}

/** What people of the team are asked, and since when the longest: what a request waits for. */
export function askedOfTeam({
  waitpoints,
}: Pick<RequestFacts, "waitpoints">): RequestFacts["waitpoints"][number] | null {
  return (
    waitpoints.find((each) => (forPeople.has(each.kind) || each.kind === "handoff") && !isForCustomer(each)) ?? null
  );
}

/** A form that asks nobody in particular is the customer's; others are for people of the team. */
export function isForCustomer({
  kind,
  assignees,
}: Pick<RequestFacts["waitpoints"][number], "kind" | "assignees">): boolean {
  return kind === "form" && assignees.length === 0;
}

function openState({ waitpoints }: RequestFacts): CustomerRequest["state"] {
  if (waitpoints.some(isForCustomer)) return "waiting_for_you";
  if (waitpoints.some(({ kind }) => kind === "handoff")) return "with_colleague";
  return waitpoints.some(({ kind }) => forPeople.has(kind)) ? "waiting_for_people" : "working";
}

/** Nothing of a request that came to nothing: a list of what was done would read like success. */
function toldSteps({ spec, steps }: RequestFacts, outcome: RequestOutcome | null): CustomerRequest["steps"] {
  if (spec === null || (outcome !== null && outcome !== "completed")) return [];
  // Written only after validation against the same schema.
  const { nodes } = indexSpec(spec as unknown as Spec, stepDefinitions);
  return steps.flatMap(({ nodeId, type, status, handle }) => {
    const label = labelOf(nodes.get(nodeId));
    if (label === null || untold.has(status) || isNo({ type, handle })) return [];
    return [{ label, state: status === "completed" ? ("done" as const) : ("now" as const) }];
  });
}

const untold: ReadonlySet<string> = new Set(["skipped", "cancelled", "failed"]);

/** Only steps that somebody gave a name and that do something are worth telling. */
function labelOf(indexed: IndexedNode | undefined): string | null {
  if (!indexed?.definition || indexed.definition.kind === "pure") return null;
  return indexed.node.name ?? null;
}
