import type { StepError } from "@/core/step-error";
import { resolveAssignees } from "@/steps/assignees";
import { countingBy } from "@/steps/counting-by";
import { dueTime } from "@/steps/due-time";
import { fillFields } from "@/steps/fill-fields";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { humanHandoffDefinition } from "./definition";

export const executeHumanHandoff = implementStep(humanHandoffDefinition, {
  async execute({ config, node, run, evaluate, ports, now }) {
    const filled = fillFields(evaluate, {
      assignTo: config.assignTo,
      summary: config.summary,
      message: config.message,
      timeout: config.timeout,
    });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { assignTo, summary, message, timeout } = filled.value;
    const { refs, warnings } = await resolveAssignees(
      ports.directory,
      config.assignTo === undefined ? undefined : assignTo,
      "role:operator",
    );
    const counting = await countingBy(ports.directory, config.calendar, refs);
    const due = dueTime(now, config.timeoutHours, timeout, counting.calendar);
    if (!due.ok) return failedFinally("bad_duration", due.message);
    const told = asText(message);
    return {
      kind: "waiting",
      waitpoint: {
        kind: "handoff",
        assignees: refs,
        request: {
          headline: node.name,
          summary: asText(summary),
          conversationId: run.conversationId,
          ...(due.dueAt === undefined ? {} : counting.kept),
        },
        ...(due.dueAt === undefined ? {} : { dueAt: due.dueAt }),
      },
      warnings: [...warnings, ...counting.warnings],
      ...(run.conversationId === null || told === ""
        ? {}
        : { outbox: [{ kind: "conversation_message", conversationId: run.conversationId, body: told }] }),
    };
  },
  resolve({ config }, resolution) {
    if (resolution.outcome !== "due") {
      const { resolution: result, note, output } = resolution.data;
      return {
        kind: "completed",
        output: { resolution: result ?? null, note: note ?? null, output: output ?? null },
        handle: "returned",
        summary: resolution.by ? `Handed back by ${resolution.by.name}` : "Handed back",
      };
    }
    const error: StepError = {
      code: "handoff_timed_out",
      class: "other",
      retryable: false,
      message: "Nobody handed the conversation back in time. Connect `timed_out` to say what happens then.",
    };
    if (config.onTimeout === "fail") return { kind: "failed", error, reason: "handoff_timed_out" };
    return {
      kind: "completed",
      output: null,
      handle: "timed_out",
      summary: "Nobody in time",
      failUnconnected: { reason: "handoff_timed_out", error },
    };
  },
});
