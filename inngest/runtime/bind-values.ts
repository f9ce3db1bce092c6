import { besideReads, decisiveReads, type BesideRead } from "@/core/engine/input-reads";
import type { Plan } from "@/core/engine/plan";
import type { Json, JsonObject } from "@/core/json";
import type { BoundValue } from "@/server/modules/runs/journal";
import { stepDefinitions } from "@/steps/definitions";
import { createNodeEvaluator } from "./node-evaluator";
import type { RunSession } from "./run-session";
import { planNode, type Place } from "./turn";

/**
 * The question with all that a decision about it will hold to: what its author named, what it shows, and what the steps behind it
 * read of the input and of what was answered beside it by then. What was frozen before (it is asked again of somebody else) stays as it was shown.
 */
export function withBoundValues(session: RunSession, place: Place, request: JsonObject, now: number): JsonObject {
  const frozen = readBound(request["bound"]);
  const named = new Set(frozen.map(({ path }) => path));
  const reads = readsBehind(session.plan, place.nodeId);
  const done = valuesNow(
    session,
    place,
    reads.beside.map(({ status }) => status),
    now,
  );
  const beside = reads.beside.flatMap(({ path }, index) => (isDone(done[index]) ? [path] : []));
  const paths = [...new Set([...reads.decisive, ...beside])].filter((path) => !named.has(path));
  const values = valuesNow(session, place, paths, now);
  const bound = [...frozen, ...paths.map((path, index) => ({ path, value: values[index] ?? null }))];
  return { ...request, bound: bound.map((value) => ({ ...value })) };
}

/** What the paths give now, as seen from the place; null for what is not there. */
export function valuesNow(session: RunSession, place: Place, paths: readonly string[], now: number): Json[] {
  const evaluator = createNodeEvaluator(session, {
    node: planNode(session, place.nodeId),
    iteration: place.iteration,
    now,
  });
  return paths.map((path) => {
    const result = evaluator.expression(path);
    return result.ok ? result.value : null;
  });
}

export function readBound(value: Json | undefined): BoundValue[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry) && typeof entry["path"] === "string"
      ? [{ path: entry["path"], value: entry["value"] ?? null }]
      : [],
  );
}

/** What was open when it was asked is nothing that somebody could have approved. */
function isDone(status: Json | undefined): boolean {
  return status === "completed" || status === "failed" || status === "skipped";
}

interface ReadsBehind {
  decisive: readonly string[];
  beside: readonly BesideRead[];
}
const known = new WeakMap<Plan, Map<string, ReadsBehind>>();

/** Plans are cached for long; what is read behind an approval is computed once. */
function readsBehind(plan: Plan, nodeId: string): ReadsBehind {
  const ofPlan = known.get(plan) ?? new Map<string, ReadsBehind>();
  known.set(plan, ofPlan);
  const found = ofPlan.get(nodeId) ?? {
    decisive: decisiveReads(plan, nodeId, stepDefinitions),
    beside: besideReads(plan, nodeId, stepDefinitions),
  };
  ofPlan.set(nodeId, found);
  return found;
}
