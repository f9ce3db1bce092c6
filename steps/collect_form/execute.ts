import type { StepError } from "@/core/step-error";
import { asObject } from "@/core/json";
import { canonicalAttachments } from "@/core/schema/canonical-attachments";
import { withOrder } from "@/core/schema/property-order";
import { resolveAssignees } from "@/steps/assignees";
import { countingBy } from "@/steps/counting-by";
import { dueTime } from "@/steps/due-time";
import { fillFields } from "@/steps/fill-fields";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { collectFormDefinition } from "./definition";

export const executeCollectForm = implementStep(collectFormDefinition, {
  async execute({ config, node, run, evaluate, ports, now }) {
    const filled = fillFields(evaluate, {
      title: config.title,
      description: config.description,
      values: config.values,
      assignTo: config.assignTo,
      timeout: config.timeout,
    });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { title, description, values, assignTo, timeout } = filled.value;
    const { refs, warnings: unknown } = await resolveAssignees(ports.directory, assignTo, null);
    const counting = await countingBy(ports.directory, config.calendar, refs);
    const due = dueTime(now, config.timeoutHours, timeout, counting.calendar);
    if (!due.ok) return failedFinally("bad_duration", due.message);
    const warnings = [...unknown, ...counting.warnings];
    const hasNoConversation = run.conversationId === null && config.deliverTo === "conversation";
    const reachesNobody = hasNoConversation && refs.length === 0;
    return {
      kind: "waiting",
      waitpoint: {
        kind: "form",
        assignees: refs,
        request: {
          title: asText(title) || node.name,
          description: asText(description),
          schema: withOrder(canonicalAttachments(config.schema)),
          values: asObject(values),
          deliverTo: hasNoConversation ? "page" : config.deliverTo,
          ...(due.dueAt === undefined ? {} : counting.kept),
        },
        ...(due.dueAt === undefined ? {} : { dueAt: due.dueAt }),
      },
      warnings: reachesNobody
        ? [
            ...warnings,
            "The run has no conversation and the form asks no member, so it stands in nobody's inbox. Send the address of its page with `run.form`, or copy it from the run's page.",
          ]
        : warnings,
    };
  },
  resolve({ config }, resolution) {
    if (resolution.outcome !== "due")
      return {
        kind: "completed",
        output: asObject(resolution.data["values"]),
        handle: "submitted",
        summary: "Submitted",
      };
    const error: StepError = {
      code: "form_timed_out",
      class: "other",
      retryable: false,
      message: "Nobody filled in the form in time. Connect `timed_out` to say what happens then.",
    };
    if (config.onTimeout === "fail") return { kind: "failed", error, reason: "form_timed_out" };
    return {
      kind: "completed",
      output: null,
      handle: "timed_out",
      summary: "No answer in time",
      failUnconnected: { reason: "form_timed_out", error },
    };
  },
});
