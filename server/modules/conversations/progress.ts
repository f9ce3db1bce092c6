import type { CustomerConversation } from "@/core/contracts/conversation";
import type { Spec } from "@/core/workflow/document";
import { indexSpec, type IndexedNode, type SpecIndex } from "@/core/workflow/spec-index";
import { stepDefinitions } from "@/steps/definitions";
import type { RequestFacts } from "./repository";

type CustomerRequest = CustomerConversation["requests"][number];

const labels: Readonly<Record<CustomerRequest["state"], string>> = {
  working: "We are working on it",
  waiting_for_people: "Waiting for our team to decide",
  waiting_for_you: "Waiting for your answer",
  done: "Done",
  stopped: "Stopped",
};

const forPeople: ReadonlySet<string> = new Set(["approval", "handoff", "form"]);

/** A run in the words of the customer: what was done, what happens now, what comes next. */
export function requestProgress(facts: RequestFacts): CustomerRequest {
  const { run, title, waitpoints } = facts;
  const state = stateOf(facts);
  return {
    id: run.id,
    title,
    state,
    label: run.status === "failed" ? "Something went wrong; our team will look into it" : labels[state],
    since: (run.endedAt ?? waitpoints[0]?.createdAt ?? run.startedAt ?? run.createdAt).toISOString(),
    steps: stepsOf(facts),
  };
}

/** A form that asks nobody in particular is the customer's; others are for people of the team. */
export function isForCustomer({ kind, assignees }: RequestFacts["waitpoints"][number]): boolean {
  return kind === "form" && assignees.length === 0;
}

function stateOf({ run, waitpoints }: RequestFacts): CustomerRequest["state"] {
  if (run.status === "completed") return "done";
  if (run.status === "failed" || run.status === "cancelled") return "stopped";
  if (waitpoints.some(isForCustomer)) return "waiting_for_you";
  return waitpoints.some(({ kind }) => forPeople.has(kind)) ? "waiting_for_people" : "working";
}

function stepsOf({ run, spec, steps }: RequestFacts): CustomerRequest["steps"] {
  if (spec === null) return [];
  // Written only after validation against the same schema.
  const index = indexSpec(spec as unknown as Spec, stepDefinitions);
  const reached = new Set(steps.map(({ nodeId }) => nodeId));
  const told: CustomerRequest["steps"] = steps.flatMap(({ nodeId, status }) => {
    const label = labelOf(index.nodes.get(nodeId));
    if (label === null || status === "skipped" || status === "cancelled" || status === "failed") return [];
    return [{ label, state: status === "completed" ? ("done" as const) : ("now" as const) }];
  });
  if (run.endedAt !== null) return told;
  const current = steps.findLast(({ status }) => status !== "skipped");
  const ahead = pathAhead(index, current?.nodeId ?? null).filter(({ node }) => !reached.has(node.id));
  return [
    ...told,
    ...ahead.flatMap((indexed) => {
      const label = labelOf(indexed);
      return label === null ? [] : [{ label, state: "next" as const }];
    }),
  ];
}

/** Where it goes from here when everything goes well: each step's first way out. */
function pathAhead(index: SpecIndex, from: string | null): IndexedNode[] {
  const path: IndexedNode[] = [];
  const seen = new Set<string>();
  let next = from === null ? index.nodes.get(index.spec.startNodeId) : following(index, index.nodes.get(from));
  while (next && !seen.has(next.node.id)) {
    seen.add(next.node.id);
    path.push(next);
    next = following(index, next);
  }
  return path;
}

function following(index: SpecIndex, indexed: IndexedNode | undefined): IndexedNode | undefined {
  for (const { id } of indexed?.handles ?? []) {
    const edge = indexed?.outgoing.get(id)?.[0];
    if (edge) return index.nodes.get(edge.to);
  }
  return undefined;
}

/** Only steps that somebody gave a name and that do something are worth telling. */
function labelOf(indexed: IndexedNode | undefined): string | null {
  if (!indexed?.definition || indexed.definition.kind === "pure") return null;
  return indexed.node.name ?? null;
}
