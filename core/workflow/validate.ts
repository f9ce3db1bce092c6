import { withinSchemaBudget } from "@/core/schema/schema-budget";
import type { Issue, Spec } from "./document";
import { approverRules } from "./rules/approver-rules";
import { unknownCalendar } from "./rules/calendars";
import { missingBranch, missingDefaultCase, unknownBranch } from "./rules/branches";
import { concurrencyKey } from "./rules/concurrency-key";
import { badExpression, unknownReference } from "./rules/expressions";
import { cycle, danglingEdge, endInBody, noStart, unreachableNode } from "./rules/graph-shape";
import { duplicateId, unknownType, unusableId } from "./rules/identity";
import { noReachableApprover } from "./rules/people";
import { unknownAction, unknownConnection, unsafeRepeat } from "./rules/outside";
import type { Rule, ValidationContext } from "./rules/rule";
import { severalResults, unusedOnError } from "./rules/overruled";
import { schemaThoughts } from "./rules/schema-advice";
import { shadowedItem } from "./rules/shadowed-item";
import { sizeProblems } from "./rules/size";
import { inputSchema, invalidConfig, nameClash, ownProblems, testOverride } from "./rules/step-config";
import { noTrigger, triggerProblems } from "./rules/triggers";
import { unknownEvent } from "./rules/unknown-events";
import { unknownField, unknownKeyword, unknownSettings, unknownSurroundings } from "./rules/unknown-fields";
import { unknownValue } from "./rules/unknown-values";
import { unusedOutput, unusedTimeout } from "./rules/unused";
import { indexSpec } from "./spec-index";

export type { People, ValidationContext } from "./rules/rule";

/** In the order in which people want to read them: shape, then steps, then what they say, then advice. */
const rules: readonly Rule[] = [
  noStart,
  duplicateId,
  unknownType,
  unusableId,
  danglingEdge,
  cycle,
  unreachableNode,
  endInBody,
  invalidConfig,
  inputSchema,
  nameClash,
  ownProblems,
  testOverride,
  unknownField,
  unknownSurroundings,
  unknownKeyword,
  schemaThoughts,
  missingDefaultCase,
  unknownBranch,
  unknownAction,
  unknownConnection,
  badExpression,
  unknownReference,
  concurrencyKey,
  unknownValue,
  shadowedItem,
  noTrigger,
  triggerProblems,
  unknownEvent,
  unknownSettings,
  missingBranch,
  noReachableApprover,
  approverRules,
  unknownCalendar,
  unsafeRepeat,
  unusedOutput,
  unusedTimeout,
  unusedOnError,
  severalResults,
];

/** More than anybody reads; errors go before the rest when something has to be left out. */
const mostIssues = 2_000;

/**
 * Everything that is wrong or worth a thought. Errors block publishing, warnings do not. Never throws; the time is linear
 * in the size of the document (references: in steps × steps / 32).
 */
export function validateSpec(spec: Spec, context: ValidationContext): Issue[] {
  const size = sizeProblems(spec);
  if (size.length > 0) return size;
  const index = indexSpec(spec, context.definitions);
  // All schemas of a document together cost what one may cost.
  return withinSchemaBudget(() => readable(rules.flatMap((rule) => rule(index, context))));
}

function readable(issues: Issue[]): Issue[] {
  if (issues.length <= mostIssues) return issues;
  const errors = issues.filter(({ severity }) => severity === "error");
  const others = issues.filter(({ severity }) => severity !== "error");
  const left = (issues.length - mostIssues).toLocaleString("en-US");
  return [
    ...[...errors, ...others].slice(0, mostIssues),
    {
      code: "more_issues",
      severity: "warning",
      path: "",
      message: `There are ${left} more findings like these. Correct some of them and check again.`,
    },
  ];
}

/** Whether a document with these findings may go live. */
export function blocksPublishing(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === "error");
}
