import { asObject, type Json, type JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import type { StepContext, StepOutcome, WaitpointResolution } from "@/core/ports";
import { resolveAssignees } from "@/steps/assignees";
import { countingBy, type CountingBy } from "@/steps/counting-by";
import { dueTime } from "@/steps/due-time";
import { implementStep } from "@/steps/implement-step";
import { failedFinally } from "@/steps/outcome";
import { askedByRule, byRule, escalatesByRule, escalation } from "./by-rule";
import { approvalDefinition, type ApprovalConfig } from "./definition";
import { reminderTimes } from "./reminders";
import { approvalRequest } from "./request";

type Context = StepContext<ApprovalConfig>;

const defaultAssignee = "role:operator";

export const executeApproval = implementStep(approvalDefinition, {
  async execute(context) {
    const filled = approvalRequest(context);
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const ruled = await byRule(context, filled.value);
    if (!ruled.ok) return { kind: "failed", error: ruled.error };
    const { request, assignTo, timeoutHours, timeout } = ruled.value;
    const { refs, warnings } = await resolveAssignees(
      context.ports.directory,
      assignTo,
      defaultAssignee,
      outsideOf(context),
    );
    const counting = await countingBy(context.ports.directory, context.config.calendar, refs);
    const due = dueTime(context.now, timeoutHours, timeout, counting.calendar);
    if (!due.ok) return failedFinally("bad_duration", due.message);
    return {
      kind: "waiting",
      waitpoint: {
        kind: "approval",
        ...asked({ ...request, ...timing(context, counting, context.now, due.dueAt) }, refs),
        ...(due.dueAt === undefined ? {} : { dueAt: due.dueAt }),
      },
      warnings: [...warnings, ...counting.warnings],
    };
  },
  resolve(context, resolution, request) {
    if (resolution.outcome === "approved") return approved(resolution, request);
    if (resolution.outcome === "rejected")
      return rejected(context, resolution, request, `Rejected by ${byWhom(resolution)}`);
    const onTimeout = escalatesByRule(request) ? "escalate" : (context.config.onTimeout ?? "edge");
    return timedOut[onTimeout](context, resolution, request);
  },
});

function outsideOf({ config }: Context): "asked" | "not_asked" {
  return config.outside === true ? "asked" : "not_asked";
}

/** Everybody at once; or in a sequence the first of them, and who follows is kept. */
function asked(request: JsonObject, refs: string[]): { assignees: string[]; request: JsonObject } {
  const quorum = asObject(request["quorum"]);
  if (quorum["mode"] !== "sequence") return { assignees: refs, request };
  return { assignees: refs.slice(0, 1), request: { ...request, quorum: { ...quorum, stages: refs } } };
}

type OnTimeout = NonNullable<ApprovalConfig["onTimeout"]> | "edge";

const timedOut: Readonly<
  Record<
    OnTimeout,
    (context: Context, resolution: WaitpointResolution, request: JsonObject) => StepOutcome | Promise<StepOutcome>
  >
> = {
  approve: (_context, resolution, request) =>
    approved({ ...resolution, by: { id: "timeout", name: "the timeout" } }, request),
  reject: (context, resolution, request) =>
    rejected(
      context,
      { ...resolution, by: { id: "timeout", name: "the timeout" } },
      request,
      "Rejected: nobody decided in time",
    ),
  fail: () => ({ kind: "failed", error: timeoutError(), reason: "approval_timed_out" }),
  escalate: (context, resolution, request) =>
    request["escalated"] === true ? takeTimedOut(resolution, request) : escalate(context, resolution, request),
  edge: (_context, resolution, request) => takeTimedOut(resolution, request),
};

function approved(resolution: WaitpointResolution, request: JsonObject): StepOutcome {
  return {
    kind: "completed",
    output: decisionOutput("approved", resolution, request),
    handle: "approved",
    summary: `Approved by ${byWhom(resolution)}${alongWith(resolution)}`,
  };
}

function rejected(
  { config }: Context,
  resolution: WaitpointResolution,
  request: JsonObject,
  summary: string,
): StepOutcome {
  const error: StepError = {
    code: "approval_rejected",
    class: "other",
    retryable: false,
    message: `${summary}. Connect \`rejected\` to say what happens instead.`,
  };
  if (config.onReject === "fail")
    return { kind: "failed", error: { ...error, message: `${summary}.` }, reason: "approval_rejected" };
  return {
    kind: "completed",
    output: decisionOutput("rejected", resolution, request),
    handle: "rejected",
    summary,
    failUnconnected: { reason: "approval_rejected", error },
  };
}

function takeTimedOut(resolution: WaitpointResolution, request: JsonObject): StepOutcome {
  return {
    kind: "completed",
    output: decisionOutput("timed_out", resolution, request),
    handle: "timed_out",
    summary: "Nobody decided in time",
    failUnconnected: { reason: "approval_timed_out", error: timeoutError() },
  };
}

/** The same question, frozen as it was, to other people and with as much time again; at most once. */
async function escalate(context: Context, resolution: WaitpointResolution, request: JsonObject): Promise<StepOutcome> {
  const filled = approvalRequest(context);
  if (!filled.ok) return { kind: "failed", error: filled.error };
  const { escalateTo, timeoutHours, timeout } = escalation(context, filled.value, request);
  const { refs, warnings } = await resolveAssignees(
    context.ports.directory,
    escalateTo,
    defaultAssignee,
    outsideOf(context),
  );
  const counting = await countingBy(context.ports.directory, context.config.calendar, refs);
  const due = dueTime(resolution.at, timeoutHours, timeout, counting.calendar);
  if (!due.ok) return failedFinally("bad_duration", due.message);
  return {
    kind: "waiting",
    waitpoint: {
      kind: "approval",
      ...asked(
        { ...withoutTiming(request), escalated: true, ...timing(context, counting, resolution.at, due.dueAt) },
        refs,
      ),
      ...(due.dueAt === undefined ? {} : { dueAt: due.dueAt }),
    },
    warnings: [...warnings, ...counting.warnings],
  };
}

/** Kept with what was asked: by which calendar its time counts, and when it reminds. */
function timing(
  { config }: Context,
  { calendar, kept }: CountingBy,
  from: number,
  dueAt: number | undefined,
): JsonObject {
  if (dueAt === undefined) return {};
  const remindAt = reminderTimes(config.remindAt, { from, dueAt, calendar });
  return { ...kept, ...(remindAt.length === 0 ? {} : { remindAt }) };
}

function withoutTiming(request: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(request).filter(([field]) => field !== "remindAt" && field !== "calendar"));
}

function decisionOutput(
  decision: "approved" | "rejected" | "timed_out",
  { by, at, data }: WaitpointResolution,
  request: JsonObject,
): JsonObject {
  const rule = askedByRule(request);
  return {
    decision,
    decidedBy: by === undefined ? null : { id: by.id, name: by.name, email: by.email ?? null },
    onBehalfOf: data["onBehalfOf"] ?? null,
    comment: data["comment"] ?? null,
    messageToRequester: data["messageToRequester"] ?? null,
    decidedAt: new Date(at).toISOString(),
    votes: votesOf(data),
    edits: data["edits"] ?? null,
    ...(rule === null ? {} : { rule }),
  };
}

/** What others said before, where several people decide. */
function votesOf({ votes }: JsonObject): Json[] {
  return (Array.isArray(votes) ? votes : []).map((vote) => {
    const { byId = null, byRef = byId, byName = null, decision = null, at = null, comment = null } = asObject(vote);
    return { id: byRef, name: byName, decision, at, comment };
  });
}

/** Of several who had to approve, how many did before. */
function alongWith({ data: { votes } }: WaitpointResolution): string {
  const others = Array.isArray(votes) ? votes.filter((vote) => asObject(vote)["decision"] === "approved").length : 0;
  return others === 0 ? "" : ` and ${others === 1 ? "one more" : `${String(others)} more`}`;
}

function byWhom({ by }: WaitpointResolution): string {
  return by?.name ?? "somebody";
}

function timeoutError(): StepError {
  return {
    code: "approval_timed_out",
    class: "other",
    retryable: false,
    message: "Nobody decided in time. Connect `timed_out`, or set onTimeout, to say what happens then.",
  };
}
