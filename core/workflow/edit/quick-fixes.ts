import type { Issue } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { triggerMenu } from "@/core/workflow/trigger-lookup";
import { applyOperations } from "./apply-operations";
import { duplicateTrigger, noStart, unreachable } from "./fixes-of-shape";
import { looseEdge, missingBranch, missingDefault, rejectPath, unknownBranch } from "./fixes-of-branches";
import { approvalTimeout, fieldToDefault, unknownReference } from "./fixes-of-fields";
import { placeOfIssue } from "./issue-place";
import type { EditableDocument } from "./operation";
import type { FixContext, FixMaker, QuickFix } from "./quick-fix";

export type { QuickFix } from "./quick-fix";

/** After each of these, the finding is gone. Empty where only a person can know what is meant. */
export function quickFixes(
  issue: Issue,
  document: EditableDocument,
  definitions: StepDefinitions,
  triggers: TriggerDefinitions,
): QuickFix[] {
  const place = placeOfIssue(document.spec, issue.path, definitions);
  const context: FixContext = { issue, document, definitions, triggers, place };
  return (makers[issue.code] ?? [])
    .flatMap((make) => make(context))
    .filter(({ operations }) => applyOperations(document, operations, definitions, triggers).refused.length === 0);
}

/** Of those that need nothing set first. */
const anyStart: FixMaker = ({ triggers }) =>
  triggerMenu(triggers).flatMap(({ type, fixLabel, starter }) =>
    fixLabel === undefined
      ? []
      : [{ label: fixLabel, operations: [{ op: "put_trigger", trigger: { ...starter, id: type, type } }] }],
  );

const makers: Readonly<Partial<Record<string, readonly FixMaker[]>>> = {
  missing_default_case: [missingDefault],
  missing_branch: [missingBranch],
  approval_without_reject_path: [rejectPath],
  approval_without_timeout: [approvalTimeout],
  dangling_edge: [looseEdge],
  cycle: [looseEdge],
  unreachable_node: [unreachable],
  no_start: [noStart],
  no_trigger: [anyStart],
  unknown_reference: [unknownReference],
  duplicate_id: [duplicateTrigger],
  invalid_config: [unknownBranch, fieldToDefault],
};
