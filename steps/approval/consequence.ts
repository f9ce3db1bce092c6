import type { Consequence } from "@/core/workflow/consequence";
import { assigneeList, assigneeWords } from "@/core/workflow/waiting-fields";
import type { ApprovalConfig } from "./definition";

export const approvalConsequence: Consequence<ApprovalConfig> = ({ config, name }) => {
  const what = name === null ? "" : ` about “${name}”`;
  const whom =
    config.rules === undefined
      ? assigneeWords(assigneeList(config.assignTo, "role:operator"))
      : `whoever the rule “${config.rules.table}” names`;
  return `asks ${whom}${what}`;
};

/** What comes of an approval that nobody decides in time. `ruleEscalatesTo`: whom the rule that asked names for that. `follows`: what comes of leaving it by a way. */
export function whenNobodyDecides(
  config: ApprovalConfig,
  { isEscalated, ruleEscalatesTo = [] }: { isEscalated: boolean; ruleEscalatesTo?: readonly string[] },
  follows: (handle: string) => string[],
): string[] {
  if (ruleEscalatesTo.length > 0 && !isEscalated) return [`asks ${assigneeWords(ruleEscalatesTo)} instead`];
  switch (config.onTimeout) {
    case "approve":
      return ["counts as approved", ...follows("approved")];
    case "reject":
      return ["counts as rejected", ...follows("rejected")];
    case "fail":
      return ["fails the run"];
    case "escalate":
      return isEscalated
        ? follows("timed_out")
        : [`asks ${assigneeWords(assigneeList(config.escalateTo, "role:operator"))} instead`];
    case undefined:
      return follows("timed_out");
  }
}
