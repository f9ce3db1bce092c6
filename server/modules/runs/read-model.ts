import { runCallbackStatuses, type RunCallback, type RunDetail, type RunListItem } from "@/core/contracts/run";
import type { RunStatus } from "@/core/run-status";
import { allowedRunActions } from "@/core/engine/transitions";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import type { Path } from "@/core/workflow/secret-paths";
import { specGraph } from "@/core/workflow/graph";
import { stepDefinitions } from "@/steps/definitions";
import type { listRunCallbacks, RunDetailRow, RunRow } from "./repository";
import { runSteps, type OpenWaitpoint } from "./run-steps";
import { cutStep } from "./cut-values";
import { eventItem, type EventRow } from "./run-events";
import { shortestFollowed } from "./cover-texts";
import type { Mask } from "./sensitive";
import { coverAt, hiddenMark } from "./sensitive-paths";
import type { StepRow } from "./step-store";

type CallbackRow = Awaited<ReturnType<typeof listRunCallbacks>>[number];

type WorkflowRef = { id: string; slug: string; name: string };

/** What a run waits on, by the most human kind that is open. */
const waitingOnByStatus: Readonly<Partial<Record<RunStatus, RunDetail["waitingOn"]>>> = {
  waiting_approval: "approval",
  waiting_human: "human",
  waiting_form: "form",
  waiting_async: "async",
};

export function listItem(
  row: RunRow,
  workflow: WorkflowRef | undefined,
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  mask: Mask,
): RunListItem {
  return {
    id: row.id,
    status: row.status as RunStatus,
    workflow: workflow ?? { id: row.workflowId, slug: "", name: "A deleted workflow" },
    version: row.version,
    triggerType: row.triggerType,
    triggerLabel: row.triggerLabel,
    subject: mask(row.requestedBy ?? row.subject),
    requestedBy: mask(row.requestedBy),
    waitingFor: waitingFor(open.find(({ kind }) => kind !== "retry") ?? open[0], names),
    failureReason: row.failureReason,
    test: row.test,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

/** A run without its steps, events and drawing. */
export type RunFacts = Omit<
  RunDetail,
  "callbacks" | "steps" | "moreSteps" | "cut" | "events" | "graph" | "allowed" | "mayReveal" | "mayRestore" | "repair"
>;

export function runFacts(
  row: RunDetailRow,
  workflow: WorkflowRef | undefined,
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  mask: Mask,
): RunFacts {
  const item = listItem(row, workflow, open, names, mask);
  return {
    ...item,
    input: shownInput(asObject(row.input as Json), mask),
    output: mask(covered((row.output as Json | undefined) ?? null, mask.secrets.output)),
    error: mask(row.error as RunDetail["error"]),
    cancelReason: mask(row.cancelReason),
    message:
      mask.secrets.message && (row.endMessage ?? "").length < shortestFollowed ? hiddenMark : mask(row.endMessage),
    warnings: mask((row.warnings as string[] | null) ?? []),
    waitingOn: waitingOnByStatus[item.status] ?? null,
    // A step that was under way when the run was paused goes on to its end.
    hibernated: !row.busy && (item.status === "paused" || item.status.startsWith("waiting_")),
    heartbeatAt: row.heartbeatAt?.toISOString() ?? null,
    restoredFrom: row.restoredFrom,
    owner: { id: row.ownerId, name: names.get(`user:${row.ownerId}`) ?? "Somebody who left" },
    conversationId: row.conversationId,
    callbackUrl: mask(row.callbackUrl),
  };
}

/** What a run was started with, without what is sensitive. */
export function shownInput(input: JsonObject, mask: Mask): JsonObject {
  return asObject(mask(covered(input, mask.secrets.input)));
}

function covered(value: Json, paths: readonly Path[]): Json {
  return paths.reduce((current, path) => coverAt(current, path, hiddenMark), value);
}

export function runDetail(facts: {
  row: RunDetailRow;
  workflow: WorkflowRef | undefined;
  spec: Spec;
  steps: readonly StepRow[];
  callbacks: readonly CallbackRow[];
  events: readonly EventRow[];
  open: readonly OpenWaitpoint[];
  names: ReadonlyMap<string, string>;
  mask: Mask;
  moreSteps: RunDetail["moreSteps"];
  repair: boolean;
}): RunDetail {
  const { row, spec, open, mask, moreSteps } = facts;
  const run = runFacts(row, facts.workflow, open, facts.names, mask);
  return {
    ...run,
    callbacks: facts.callbacks.map((row) => callbackItem(row, mask)),
    steps: runSteps(spec, facts.steps, open, facts.names, { status: run.status, mask }).map(cutStep),
    moreSteps,
    cut: [],
    events: facts.events.map((event) => eventItem(event, mask)),
    graph: specGraph(spec, stepDefinitions),
    allowed: [...allowedRunActions[run.status]],
    mayReveal: mask.marked.size > 0 || mask.secrets.steps.size > 0,
    // A test is run again from a step by testing from that step.
    mayRestore: !run.test,
    repair: facts.repair,
  };
}

function callbackItem(
  { subject, status, attempts, lastError, createdAt, deliveredAt }: CallbackRow,
  mask: Mask,
): RunCallback {
  return {
    event: subject ?? "",
    status: runCallbackStatuses.find((known) => known === status) ?? "pending",
    attempts,
    lastError: mask(lastError),
    createdAt: createdAt.toISOString(),
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}

function waitingFor(open: OpenWaitpoint | undefined, names: ReadonlyMap<string, string>): string | null {
  if (!open) return null;
  const people = open.assignees.map((ref) => names.get(ref) ?? ref).join(", ");
  const words: Readonly<Record<string, string>> = {
    approval: "Approval",
    form: "Form",
    handoff: "Person",
    timer: "Timer",
    callback: "Callback",
    event: "Event",
    retry: "Next try",
  };
  const what = words[open.kind] ?? open.kind;
  return people === "" ? what : `${what} · ${people}`;
}
