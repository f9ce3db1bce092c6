import type { Issue } from "@/core/workflow/document";
import { triggerOf } from "@/core/workflow/trigger-lookup";
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
export const triggerProblems: Rule = (_index, { triggers, triggerDefinitions }) =>
  (triggers ?? []).flatMap((trigger, position) => {
    const path = `triggers[${position}]`;
    const first = (triggers ?? []).findIndex(({ id }) => id === trigger.id);
    const twice =
      first === position
        ? []
        : [issue("duplicate_id", `${path}.id`, `Two triggers have the id "${trigger.id}". Rename one of them.`)];
    return [
      ...twice,
      ...(triggerOf(trigger, triggerDefinitions)?.lint?.(trigger) ?? []).map((own) => ({
        ...own,
        path: `${path}.${own.path}`,
      })),
      ...triggerExpressionProblems(trigger, path, triggerDefinitions),
    ];
  });

function issue(code: string, path: string, message: string): Issue {
  return { code, severity: "error", path, message };
}
