import { descendants } from "@/core/engine/descendants";
import type { PlanNode } from "@/core/engine/plan";
import { whatFollows } from "@/core/engine/what-follows";
import { expressionReferences, templateReferences } from "@/core/expression/references";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { SettingKind } from "@/core/workflow/consequence";
import { whenNobodyDecides } from "@/steps/approval/consequence";
import type { ApprovalConfig } from "@/steps/approval/definition";
import { stepConsequences } from "@/steps/consequences";
import { stepDefinitions } from "@/steps/definitions";
import { asTexts } from "@/steps/outcome";
import { createNodeEvaluator, rowAsSeenFrom } from "./node-evaluator";
import type { RunSession } from "./run-session";
import { planNode, type Place } from "./turn";

const tellers = { definitions: stepDefinitions, consequences: stepConsequences };
const over: ReadonlySet<string> = new Set(["completed", "failed", "skipped"]);

/**
 * The question with what comes of each answer, in the words that whoever decides is shown, and of none at all where it has a time limit. What was
 * said when it was asked first stays when it is asked of somebody else.
 */
export function withConsequences(
  session: RunSession,
  place: Place,
  request: JsonObject,
  { dueAt, now }: { dueAt: number | null; now: number },
): JsonObject {
  const known = knownAt(session, place, now);
  const follows = (handle: string): string[] => whatFollows(session.plan, place.nodeId, handle, tellers, known);
  const said = asObject(request["consequences"]);
  const approved = said["approved"] ?? follows("approved");
  const rejected = said["rejected"] ?? follows("rejected");
  // Its type says what its settings are.
  const config = planNode(session, place.nodeId).config as ApprovalConfig;
  const timedOut =
    dueAt === null
      ? null
      : whenNobodyDecides(
          config,
          {
            isEscalated: request["escalated"] === true,
            ruleEscalatesTo: asTexts(asObject(request["rule"])["escalateTo"]),
          },
          follows,
        );
  return { ...request, consequences: { approved, rejected, timedOut } };
}

/** What is known of a later step's settings while the approval is open: not what it is about to decide, nor what comes behind it. */
function knownAt(
  session: RunSession,
  { nodeId, iteration }: Place,
  now: number,
): (node: PlanNode, setting: unknown, kind: SettingKind) => Json {
  const behind = descendants(session.plan, nodeId);
  const isKnown = (id: string): boolean =>
    id !== nodeId && !behind.has(id) && over.has(rowAsSeenFrom(session, id, iteration)?.status ?? "");
  return (node, setting, kind) => {
    const { steps, wholeStep } = kind === "template" ? templateReferences(setting) : expressionReferences(setting);
    if (wholeStep || !steps.every(isKnown)) return null;
    const evaluator = createNodeEvaluator(session, { node, iteration, now });
    const result = kind === "template" ? evaluator.template(setting) : evaluator.expression(setting);
    // A value that is missing would leave a hole in what is shown.
    return result.ok && evaluator.warnings.length === 0 ? result.value : null;
  };
}
