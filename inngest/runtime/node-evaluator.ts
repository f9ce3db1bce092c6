import type { Json, JsonObject } from "@/core/json";
import type { PlanNode } from "@/core/engine/plan";
import { sharedBudget, withinBudget } from "@/core/expression/budget";
import { evaluateExpression } from "@/core/expression/evaluate";
import { expressionReferences, templateReferences, type References } from "@/core/expression/references";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate, tooManyTogether } from "@/core/expression/template";
import type { StepEvaluator } from "@/core/ports";
import type { JournalRow } from "@/server/modules/runs/journal";
import type { RunSession } from "./run-session";

export interface NodeEvaluator extends StepEvaluator {
  /** Warnings of all templates so far (missing values). */
  warnings: string[];
  /** What was evaluated, by the source it came from: the recorded input of the step. */
  seen: Map<unknown, Json>;
}

/** Evaluates what a node holds against its run, as seen from `iteration`. Only the steps it refers to are looked up. */
export function createNodeEvaluator(
  session: RunSession,
  view: { node: PlanNode; iteration: string; now: number },
): NodeEvaluator {
  const { node, iteration, now } = view;
  const warnings: string[] = [];
  const seen = new Map<unknown, Json>();
  // One for everything the step evaluates: the other runs of this process wait meanwhile.
  const budget = sharedBudget();
  const scopeOf = ({ steps, addresses }: References, extra?: JsonObject) =>
    buildScope({
      trigger: session.run.patch ? { ...session.run.input, ...session.run.patch } : session.run.input,
      input: session.run.inputEdits ? { ...session.run.input, ...session.run.inputEdits } : session.run.input,
      vars: session.plan.config.variables,
      run: { ...runFacts(session), ...addressesOf(session, addresses, iteration) },
      contact: session.contact,
      conversation: session.conversation,
      step: stepViews(session, steps, iteration),
      iteration: iterationNames(session, node, iteration),
      now,
      ...(extra ? { extra } : {}),
    });
  return {
    warnings,
    seen,
    expression(source) {
      const scope = scopeOf(expressionReferences(source));
      const result = withinBudget(budget, () => evaluateExpression(source, scope));
      if (result.ok) seen.set(source, result.value);
      return result;
    },
    template(value, options) {
      // Before it is read for what it refers to.
      const refusal = tooManyTogether(value);
      if (refusal !== null) return { ok: false, error: refusal };
      const scope = scopeOf(templateReferences(value), options?.extra);
      const rendered = withinBudget(budget, () => renderTemplate(value, scope, { forUrl: options?.forUrl === true }));
      if (!rendered.ok) return rendered;
      warnings.push(...rendered.warnings);
      seen.set(value, rendered.value);
      return { ok: true, value: rendered.value };
    },
  };
}

function runFacts(session: RunSession): JsonObject {
  const { run, workflow } = session;
  return {
    id: run.id,
    startedAt: new Date(run.startedAt ?? run.createdAt).toISOString(),
    workflow: { id: workflow.id, slug: workflow.slug, name: workflow.name },
    version: run.version,
    trigger: { type: run.triggerType, label: run.triggerLabel },
    tracking: session.trackingUrl,
  };
}

/** What `run.callback('w')` and `run.form('w')` read: the address of the step of the same pass. */
function addressesOf(session: RunSession, { callback, form }: References["addresses"], iteration: string): JsonObject {
  const urls = (ids: readonly string[], urlOf: (key: string) => string): JsonObject =>
    Object.fromEntries(ids.map((id) => [id, urlOf(keyAsSeenFrom(session, id, iteration))]));
  return {
    ...(callback.length === 0 ? {} : { callback: urls(callback, session.callbackUrl) }),
    ...(form.length === 0 ? {} : { form: urls(form, session.formUrl) }),
  };
}

function stepViews(session: RunSession, ids: readonly string[], iteration: string): JsonObject {
  const views: JsonObject = {};
  for (const id of ids) {
    const row = rowAsSeenFrom(session, id, iteration);
    if (!row) continue;
    views[id] = {
      status: row.status,
      output: row.output,
      error: row.error === null ? null : { ...row.error },
      response: responseOf(row),
    };
  }
  return views;
}

/** What the service said beside the body, whether or not the step took it for a failure. */
function responseOf({ error, engine }: JournalRow): Json {
  if (engine?.response) return { ...engine.response };
  return error?.status === undefined ? null : { status: error.status, headers: error.headers ?? {} };
}

/** What the journal says of a step, as seen from a place: of the same pass. */
export function rowAsSeenFrom(session: RunSession, id: string, iteration: string): JournalRow | undefined {
  return session.rows.get(keyAsSeenFrom(session, id, iteration));
}

/** A body sees its own iteration's steps, then those outside it: as much of the iteration's path as the target is deep. */
function keyAsSeenFrom(session: RunSession, id: string, iteration: string): string {
  const depth = loopsAround(session, id).length;
  if (depth === 0) return id;
  return `${id}[${iteration.split(".").slice(0, depth).join(".")}]`;
}

/** Loop node ids around a node, outermost first. */
function loopsAround(session: RunSession, nodeId: string): string[] {
  const loops: string[] = [];
  let scopeId = session.plan.nodes.get(nodeId)?.scopeId ?? "";
  while (scopeId !== "") {
    loops.unshift(scopeId);
    scopeId = session.plan.nodes.get(scopeId)?.scopeId ?? "";
  }
  return loops;
}

function iterationNames(session: RunSession, node: PlanNode, iteration: string): JsonObject {
  if (iteration === "") return {};
  const names: JsonObject = {};
  const path = iteration.split(".");
  const loops = loopsAround(session, node.id);
  let innermost: Json = null;
  // A loop's own condition is asked from inside the iteration that has just ended.
  if (path.length > loops.length) loops.push(node.id);
  loops.forEach((loopId, depth) => {
    const loopKey = depth === 0 ? loopId : `${loopId}[${path.slice(0, depth).join(".")}]`;
    const index = Number(path[depth] ?? "0");
    const loop = session.loops.get(loopKey);
    const item = loop?.items?.[index] ?? null;
    names["index"] = index;
    innermost = item;
    if (loop) names[loop.itemName] = item;
  });
  // `item` always works; a loop around that is called so keeps its own.
  if (!Object.hasOwn(names, "item")) names["item"] = innermost;
  return names;
}
