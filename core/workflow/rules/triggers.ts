import { eventNameFault, heldWebhook } from "@/core/event-name";
import { isTimeZone, validateCron } from "@/core/schedule/cron";
import { cronWarnings } from "@/core/schedule/cron-warnings";
import type { Issue, Trigger, TriggerType } from "@/core/workflow/document";
import type { Rule } from "./rule";
import { triggerExpressionProblems } from "./trigger-expressions";

/** `no_trigger`: a list of triggers that is empty on purpose or by mistake starts nothing. */
export const noTrigger: Rule = (_index, { triggers }) =>
  triggers?.length === 0
    ? [
        {
          code: "no_trigger",
          severity: "error",
          path: "triggers",
          message: "Nothing starts this workflow. Add a trigger: manual, API, webhook, schedule or event.",
        },
      ]
    : [];

/** What each trigger must say, and its expressions. */
export const triggerProblems: Rule = (_index, { triggers }) =>
  (triggers ?? []).flatMap((trigger, position) => {
    const path = `triggers[${position}]`;
    const first = (triggers ?? []).findIndex(({ id }) => id === trigger.id);
    const twice =
      first === position
        ? []
        : [issue("duplicate_id", `${path}.id`, `Two triggers have the id "${trigger.id}". Rename one of them.`)];
    return [
      ...twice,
      ...(ownProblems[trigger.type]?.(trigger, path) ?? []),
      ...triggerExpressionProblems(trigger, path),
    ];
  });

const ownProblems: Partial<Record<TriggerType, (trigger: Trigger, path: string) => Issue[]>> = {
  schedule: ({ cron, timezone }, path) => {
    if (cron === undefined)
      return [
        issue(
          "invalid_config",
          `${path}.cron`,
          "The schedule does not say when. Give cron, e.g. 0 9 * * 1-5 for every weekday at 9.",
        ),
      ];
    const zone = timezone ?? "UTC";
    const checked = validateCron(cron, zone);
    if (!checked.ok)
      return [issue("invalid_config", `${path}.${isTimeZone(zone) ? "cron" : "timezone"}`, checked.message)];
    return cronWarnings(cron).map((message) => ({
      code: "surprising_schedule",
      severity: "warning" as const,
      path: `${path}.cron`,
      message,
    }));
  },
  webhook: (trigger, path) =>
    answerTextProblems(trigger).map((message) => ({
      code: "answer_text",
      severity: "warning" as const,
      path: `${path}.answerText`,
      message,
    })),
  event: ({ event }, path) => {
    const fault = listenedNameFault(event);
    return fault === null ? [] : [issue("invalid_config", `${path}.event`, fault)];
  },
};

/** A text that is never sent, or not as it was meant. */
function answerTextProblems({ answer, answerText, respond, filter }: Trigger): string[] {
  if (answerText === undefined) return [];
  if (answer !== "text")
    return [
      `This text is never sent, because the answer is ${answer === "empty" ? "empty" : "JSON"}. Set answer to text, or remove answerText.`,
    ];
  if (respond === "output" && filter === undefined)
    return [
      "This text is never sent, because the caller gets the output of the run. Let the workflow's output say it, or set respond to accepted.",
    ];
  return answerText.includes("${")
    ? [
        "This text is sent as it stands: `${…}` is not filled in, because the answer goes out before the run has begun. Write plain words, or set respond to output and let the workflow's output say it.",
      ]
    : [];
}

function listenedNameFault(event: string | undefined): string | null {
  if (event === undefined || event.trim() === "")
    return "The trigger does not say which event. Name it, e.g. product.stock_depleted.";
  return event === heldWebhook
    ? `No event can be sent under the name "${heldWebhook}", so this trigger would never start anything. Give the event another name, e.g. product.stock_depleted.`
    : eventNameFault(event, "product.stock_depleted");
}

function issue(code: string, path: string, message: string): Issue {
  return { code, severity: "error", path, message };
}
