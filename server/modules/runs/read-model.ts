import type { RunDetail, RunListItem, RunStatus, RunStep } from "@/core/contracts/run";
import type { StepStatus } from "@/core/engine/protocol";
import { allowedRunActions } from "@/core/engine/transitions";
import type { Json, JsonObject } from "@/core/json";
import type { Spec, SpecNode } from "@/core/spec/document";
import { specGraph } from "@/core/spec/graph";
import { stepDefinitions } from "@/steps/definitions";
import type { StepDefinitions } from "@/core/spec/step-definition";
import type { listOpenWaitpoints, listRunEvents, listStepRuns, RunDetailRow, RunRow } from "./repository";

type OpenWaitpoint = Awaited<ReturnType<typeof listOpenWaitpoints>>[number];
type StepRow = Awaited<ReturnType<typeof listStepRuns>>[number];
type EventRow = Awaited<ReturnType<typeof listRunEvents>>[number];
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
): RunListItem {
  return {
    id: row.id,
    status: row.status as RunStatus,
    workflow: workflow ?? { id: row.workflowId, slug: "", name: "A deleted workflow" },
    version: row.version,
    triggerType: row.triggerType,
    triggerLabel: row.triggerLabel,
    subject: row.requestedBy ?? tellingInput(row.input as Json),
    waitingFor: waitingFor(open[0], names),
    failureReason: row.failureReason,
    test: row.test,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

export function runDetail(facts: {
  row: RunDetailRow;
  workflow: WorkflowRef | undefined;
  spec: Spec;
  steps: readonly StepRow[];
  events: readonly EventRow[];
  open: readonly OpenWaitpoint[];
  names: ReadonlyMap<string, string>;
}): RunDetail {
  const { row, spec, open } = facts;
  const item = listItem(row, facts.workflow, open, facts.names);
  return {
    ...item,
    input: asObject(row.input as Json),
    output: (row.output as Json | undefined) ?? null,
    error: row.error as RunDetail["error"],
    cancelReason: row.cancelReason,
    waitingOn: waitingOnByStatus[item.status] ?? null,
    hibernated: item.status === "paused" || item.status.startsWith("waiting_"),
    heartbeatAt: row.heartbeatAt?.toISOString() ?? null,
    restoredFrom: row.restoredFrom,
    owner: { id: row.ownerId, name: facts.names.get(`user:${row.ownerId}`) ?? "Somebody who left" },
    requestedBy: row.requestedBy,
    conversationId: row.conversationId,
    callbackUrl: row.callbackUrl,
    steps: runSteps(spec, facts.steps, open, facts.names, item.status),
    events: runEvents(facts),
    graph: specGraph(spec, stepDefinitions),
    allowed: [...allowedRunActions[item.status]],
  };
}

/** Steps that have a row in journal order, then those of the document that were not reached, in its order. */
function runSteps(
  spec: Spec,
  rows: readonly StepRow[],
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  status: RunStatus,
): RunStep[] {
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  const openByKey = new Map(open.map((waitpoint) => [waitpoint.key, waitpoint]));
  const reached = new Set(rows.map((row) => row.nodeId));
  const startOf = (row: StepRow): number => row.startedAt?.getTime() ?? row.endedAt?.getTime() ?? 0;
  const done = [...rows]
    .sort((left, right) => startOf(left) - startOf(right) || left.seq - right.seq)
    .map((row) => stepFromRow(row, nodes.get(row.nodeId), openByKey.get(row.key), names));
  const isOver = status === "completed" || status === "failed" || status === "cancelled";
  const ahead = isOver ? [] : spec.nodes.filter((node) => !reached.has(node.id)).map(stepAhead);
  return [...done, ...ahead];
}

function stepFromRow(
  row: StepRow,
  node: SpecNode | undefined,
  open: OpenWaitpoint | undefined,
  names: ReadonlyMap<string, string>,
): RunStep {
  const hidden = node?.sensitive ?? [];
  return {
    id: row.id,
    key: row.key,
    nodeId: row.nodeId,
    iteration: row.iteration,
    name: row.name,
    type: row.type,
    status: row.status as StepStatus,
    attempt: row.attempt,
    detail: node ? nodeSummary(node) : "",
    summary: row.summary,
    input: masked((row.input as Json | undefined) ?? null, hidden),
    output: masked((row.output as Json | undefined) ?? null, hidden),
    error: row.error as RunStep["error"],
    attempts: (row.attempts as RunStep["attempts"] | null) ?? [],
    warnings: (row.warnings as string[] | null) ?? [],
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    durationMs: row.durationMs,
    waiting: open
      ? {
          waitpointId: open.id,
          kind: open.kind,
          for: open.assignees.map((ref) => names.get(ref) ?? ref),
          since: open.createdAt.toISOString(),
          dueAt: open.dueAt?.toISOString() ?? null,
        }
      : null,
  };
}

function stepAhead(node: SpecNode): RunStep {
  return {
    id: node.id,
    key: node.id,
    nodeId: node.id,
    iteration: "",
    name: node.name ?? titleOf(node),
    type: node.type,
    status: "pending",
    attempt: 0,
    detail: nodeSummary(node),
    summary: null,
    input: null,
    output: null,
    error: null,
    attempts: [],
    warnings: [],
    startedAt: null,
    endedAt: null,
    durationMs: null,
    waiting: null,
  };
}

function titleOf(node: SpecNode): string {
  const definitions: StepDefinitions = stepDefinitions;
  return definitions[node.type]?.title ?? node.id;
}

function nodeSummary(node: SpecNode): string {
  const definitions: StepDefinitions = stepDefinitions;
  const definition = definitions[node.type];
  const config = definition?.config.safeParse(node);
  return definition && config?.success ? definition.summary(config.data) : "";
}

function allNodes(spec: Pick<Spec, "nodes">): SpecNode[] {
  return spec.nodes.flatMap((node) => {
    const body = node["body"];
    return typeof body === "object" && body !== null && "nodes" in body
      ? [node, ...allNodes(body as Pick<Spec, "nodes">)]
      : [node];
  });
}

/** The story of a run: what people did, and what its steps did, in time. */
function runEvents({
  row,
  steps,
  events,
  names,
}: {
  row: RunDetailRow;
  steps: readonly StepRow[];
  events: readonly EventRow[];
  names: ReadonlyMap<string, string>;
}): RunDetail["events"] {
  const story: { type: string; at: Date; actor: { name: string } | null; data: JsonObject }[] = [];
  story.push({
    type: "run.created",
    at: row.createdAt,
    actor: { name: names.get(`user:${row.ownerId}`) ?? "Holdpoint" },
    data: { trigger: row.triggerType },
  });
  if (row.startedAt)
    story.push({ type: "run.started", at: row.startedAt, actor: null, data: { version: row.version } });
  for (const step of steps) {
    const data: JsonObject = {
      node_id: step.nodeId,
      name: step.name,
      ...(step.iteration === "" ? {} : { iteration: step.iteration }),
    };
    if (step.startedAt && step.status !== "skipped")
      story.push({ type: "step.started", at: step.startedAt, actor: null, data });
    if (step.endedAt) story.push({ type: `step.${step.status}`, at: step.endedAt, actor: null, data });
  }
  for (const event of events)
    story.push({
      type: event.type,
      at: event.at,
      actor: actorName(event.actor as Json),
      data: asObject((event.data as Json | undefined) ?? null),
    });
  if (row.endedAt && row.status !== "cancelled")
    story.push({
      type: `run.${row.status}`,
      at: row.endedAt,
      actor: null,
      data: row.failureReason === null ? {} : { reason: row.failureReason },
    });
  return story
    .map((event, index) => ({ event, index }))
    .sort((left, right) => left.event.at.getTime() - right.event.at.getTime() || left.index - right.index)
    .map(({ event }, index) => ({
      seq: index + 1,
      type: event.type,
      at: event.at.toISOString(),
      actor: event.actor,
      data: event.data,
    }));
}

function actorName(actor: Json): { name: string } | null {
  const name = asObject(actor)["name"];
  return typeof name === "string" ? { name } : null;
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
  };
  const what = words[open.kind] ?? open.kind;
  return people === "" ? what : `${what} · ${people}`;
}

/** The first e-mail, name or id of the input: enough to tell runs apart in a list. */
function tellingInput(input: Json): string | null {
  const fields = asObject(input);
  for (const name of ["email", "customer", "customerId", "customer_id", "name", "id", "order"]) {
    const value = fields[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return null;
}

/** Values at the node's `sensitive` paths are never shown. */
function masked(value: Json, paths: readonly string[]): Json {
  return paths.reduce((current, path) => maskAt(current, path.split(".")), value);
}

function maskAt(value: Json, path: readonly string[]): Json {
  const [head, ...rest] = path;
  if (head === undefined) return "••••";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (head === "input" || head === "output") return maskAt(value, rest);
  const inner = value[head];
  return inner === undefined ? value : { ...value, [head]: maskAt(inner, rest) };
}

function asObject(value: Json): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
