import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import type { OutboxDraft, StepOutcome, WaitpointDraft } from "@/core/ports";
import type { FailedAttempt } from "@/server/modules/runs/journal";
import { withBoundValues } from "./bind-values";
import { withConsequences } from "./with-consequences";
import type { NodeEvaluator } from "./node-evaluator";
import type { RuntimeDeps } from "./runtime-deps";
import { askTester, forTester } from "./test-run";
import { feed, planNode, putRow, type Place, type Turn } from "./turn";

/** When and how a step was executed. Times in ms. */
export interface StepTiming {
  attempt: number;
  startedAt: number;
  endedAt: number;
}

interface Execution {
  evaluator: NodeEvaluator;
  timing: StepTiming;
  /** Of the calls that it made. */
  receipts?: readonly JsonObject[];
}

/** Turns what a step said into a journal row, its outbox and the reducer's next event. */
export function recordOutcome(
  deps: RuntimeDeps,
  turn: Turn,
  place: Place,
  outcome: StepOutcome,
  execution: Execution,
): void {
  turn.session.active.delete(place.key);
  const told = turn.session.test === null ? outcome : forTester(turn.session, place, outcome);
  recorders[told.kind](deps, turn, place, told as never, execution);
}

type Recorder<Kind extends StepOutcome["kind"]> = (
  deps: RuntimeDeps,
  turn: Turn,
  place: Place,
  outcome: Extract<StepOutcome, { kind: Kind }>,
  execution: Execution,
) => void;

const recorders: { [Kind in StepOutcome["kind"]]: Recorder<Kind> } = {
  completed(_deps, turn, place, outcome, { evaluator, timing, receipts }) {
    const node = planNode(turn.session, place.nodeId);
    const handle = outcome.handle ?? node.defaultHandle;
    sendOut(turn, place, outcome.outbox ?? []);
    feed(turn, {
      type: "stepCompleted",
      key: place.key,
      at: turn.now,
      attempt: timing.attempt,
      handle,
      ...(outcome.end ? { end: { status: outcome.end.status } } : {}),
      ...(outcome.failUnconnected ? { failUnconnected: outcome.failUnconnected } : {}),
    });
    // A handle that nothing is connected to may have failed the step (a rejection without a path).
    const hasFailed = turn.session.state.nodes[place.key]?.status === "failed";
    putRow(turn, place, {
      status: hasFailed ? "failed" : "completed",
      attempt: timing.attempt,
      handle: hasFailed ? null : handle,
      error:
        hasFailed && outcome.failUnconnected
          ? { code: outcome.failUnconnected.error.code, message: outcome.failUnconnected.error.message }
          : null,
      engine: {
        ...privacyOf(receipts),
        ...(outcome.response ? { response: outcome.response } : {}),
        ...(outcome.end?.message ? { endMessage: outcome.end.message } : {}),
      },
      input: inputSeen(evaluator, node.config),
      output: outcome.output,
      summary: resultLine(evaluator, node.node.result, outcome.output) ?? outcome.summary ?? null,
      ...finished(evaluator, timing, outcome.warnings),
    });
  },
  failed(deps, turn, place, outcome, { evaluator, timing, receipts }) {
    const node = planNode(turn.session, place.nodeId);
    const { answer, ...plain } = outcome.error;
    const error = { code: plain.code, message: plain.message };
    const tried: FailedAttempt = {
      n: timing.attempt,
      at: new Date(timing.startedAt).toISOString(),
      ms: timing.endedAt - timing.startedAt,
      error,
    };
    feed(turn, {
      type: "stepFailed",
      key: place.key,
      at: turn.now,
      attempt: timing.attempt,
      error: plain,
      random: deps.random(),
      ...(outcome.reason ? { reason: outcome.reason } : {}),
    });
    const isFinal = turn.session.state.nodes[place.key]?.status !== "waiting";
    putRow(turn, place, {
      status: isFinal ? "failed" : "waiting",
      attempt: timing.attempt,
      handle: isFinal ? (turn.session.state.nodes[place.key]?.handle ?? null) : null,
      input: inputSeen(evaluator, node.config),
      error: { ...error, ...answer },
      engine: privacyOf(receipts),
      attempts: [...(turn.session.rows.get(place.key)?.attempts ?? []), tried],
      warnings: warningsOf(evaluator, outcome.warnings ?? []),
      ...(isFinal ? finished(evaluator, timing, outcome.warnings) : { startedAt: timing.startedAt }),
    });
  },
  waiting(deps, turn, place, outcome, { evaluator, timing }) {
    const node = planNode(turn.session, place.nodeId);
    sendOut(turn, place, outcome.outbox ?? []);
    openWaitpoint(deps, turn, place, outcome.waitpoint);
    putRow(turn, place, {
      status: "waiting",
      attempt: timing.attempt,
      input: inputSeen(evaluator, node.config),
      warnings: warningsOf(evaluator, outcome.warnings ?? []),
      startedAt: timing.startedAt,
    });
    feed(turn, { type: "waiting", key: place.key, at: turn.now });
  },
  opened(_deps, turn, place, outcome, { timing }) {
    const loop = {
      count: outcome.items ? outcome.items.length : null,
      concurrency: outcome.concurrency,
      onItemError: outcome.onItemError,
      ...(outcome.max === undefined ? {} : { max: outcome.max }),
    };
    turn.session.loops.set(place.key, { items: outcome.items, itemName: outcome.itemName });
    putRow(turn, place, {
      status: "running",
      attempt: timing.attempt,
      input: { items: outcome.items, itemName: outcome.itemName },
      startedAt: timing.startedAt,
    });
    feed(turn, { type: "containerOpened", key: place.key, at: turn.now, ...loop });
  },
};

/** Opens a waitpoint at a place; a callback gets its address here, the one that `run.callback` gave before. */
export function openWaitpoint(
  deps: RuntimeDeps,
  turn: Turn,
  place: Place,
  wanted: WaitpointDraft | { kind: "retry" | "age"; request: JsonObject; dueAt: number },
): void {
  const draft = turn.session.test === null ? wanted : askTester(turn.session, wanted);
  const request = draft.kind === "approval" ? completeQuestion(turn, place, draft) : draft.request;
  const id = newId(turn.now);
  const { organizationId } = turn.session.run;
  const callback = draft.kind === "callback" ? deps.callback({ runId: turn.session.run.id, key: place.key }) : null;
  turn.parts.open.push({
    id,
    key: place.key,
    nodeId: place.nodeId,
    kind: draft.kind,
    assignees: "assignees" in draft ? (draft.assignees ?? []) : [],
    request:
      callback === null
        ? request
        : { ...request, callbackUrlSealed: deps.sealedCallbackUrl({ organizationId, waitpointId: id }, callback.url) },
    dueAt: draft.dueAt ?? null,
    onDue: "onDue" in draft ? (draft.onDue ?? null) : null,
    tokenHash: callback?.tokenHash ?? null,
  });
  turn.session.open.set(place.key, { id, kind: draft.kind, dueAt: draft.dueAt ?? null });
  turn.session.hasWaited = true;
}

/** All that a decision holds to, and what comes of it. */
function completeQuestion(turn: Turn, place: Place, { request, dueAt }: Pick<WaitpointDraft, "request" | "dueAt">) {
  const bound = withBoundValues(turn.session, place, request, turn.now);
  return withConsequences(turn.session, place, bound, { dueAt: dueAt ?? null, now: turn.now });
}

function privacyOf(receipts: readonly JsonObject[] = []): { unrecorded?: true } {
  return receipts.some(({ unrecorded }) => unrecorded === true) ? { unrecorded: true } : {};
}

function finished(
  evaluator: NodeEvaluator,
  timing: StepTiming,
  own: readonly string[] = [],
): { startedAt: number; endedAt: number; durationMs: number; warnings: string[] | null } {
  return {
    startedAt: timing.startedAt,
    endedAt: timing.endedAt,
    durationMs: Math.max(0, timing.endedAt - timing.startedAt),
    warnings: warningsOf(evaluator, own),
  };
}

function warningsOf(evaluator: NodeEvaluator, own: readonly string[]): string[] | null {
  const all = [...new Set([...own, ...evaluator.warnings])];
  return all.length > 0 ? all : null;
}

/** The fields of a step's settings as they were evaluated. */
function inputSeen(evaluator: NodeEvaluator, config: unknown): Json {
  if (typeof config !== "object" || config === null) return null;
  const input: JsonObject = {};
  for (const [field, source] of Object.entries(config)) {
    const value = evaluator.seen.get(source);
    if (value !== undefined) input[field] = value;
  }
  return Object.keys(input).length > 0 ? input : null;
}

function resultLine(evaluator: NodeEvaluator, template: string | undefined, output: Json): string | null {
  if (template === undefined) return null;
  const line = evaluator.template(template, { extra: { output } });
  if (!line.ok || line.value === null || line.value === "") return null;
  return typeof line.value === "string" ? line.value : JSON.stringify(line.value);
}

function sendOut(turn: Turn, place: Place, drafts: readonly OutboxDraft[]): void {
  const { run, workflow } = turn.session;
  drafts.forEach((draft, index) => {
    const sourceKey = `${run.id}:${place.key}:g${run.generation}:${index}`;
    if (draft.kind === "webhook_event")
      turn.parts.emit.push({ key: place.key, event: draft.event, payload: draft.payload, sourceKey });
    else if (draft.kind === "conversation_message")
      turn.parts.say.push({
        id: newId(turn.now),
        conversationId: draft.conversationId,
        authorName: workflow.name,
        body: draft.body,
        data: draft.data ?? null,
        sourceKey,
      });
    else
      turn.parts.deliver.push({
        id: newId(turn.now),
        key: place.key,
        kind: "message",
        channel: draft.channel,
        address: draft.address,
        subject: draft.subject ?? null,
        body: draft.body,
        ...(turn.session.test === null ? {} : { payload: { test: true, insteadOf: draft.to } }),
        sourceKey,
      });
  });
}
