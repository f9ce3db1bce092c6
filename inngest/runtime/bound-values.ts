import { descendants } from "@/core/engine/descendants";
import type { Plan } from "@/core/engine/plan";
import { isSamePass } from "@/core/engine/same-pass";
import type { Json, JsonObject } from "@/core/json";
import type { BoundValue, JournalRow } from "@/server/modules/runs/journal";
import { stepDefinition } from "@/steps/definitions";
import { readBound, valuesNow } from "./bind-values";
import { readOtherwise, type ChangedValue } from "./call-key";
import { inOrder } from "./in-order";
import { openWaitpoint } from "./record-outcome";
import type { RunSession } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { guarded, stepContext } from "./step-context";
import { placeOf, planNode, putRow, type Place, type Turn } from "./turn";

/** The granted approval that no longer covers an effect, and why. */
export interface StaleApproval {
  approval: Place;
  changed: ChangedValue[];
}

/**
 * Right before an effect: the first granted approval above it of which a bound value has changed since. Runs without bound
 * values pay one look at an empty map.
 */
export function staleApproval(session: RunSession, effect: Place, now: number): StaleApproval | null {
  for (const [key, bound] of session.bound) {
    const approval = placeOf(key);
    if (
      !descendantsOf(session.plan, approval.nodeId).has(effect.nodeId) ||
      !isSamePass(approval.iteration, effect.iteration)
    )
      continue;
    const current = valuesNow(session, approval, pathsOf(bound), now);
    const changed = bound.flatMap(({ path, value }, index) => {
      const found = current[index] ?? null;
      return isSame(value, found) ? [] : [{ path, was: value, now: found }];
    });
    if (changed.length > 0) return { approval, changed };
  }
  return usedUpApproval(session, effect, now);
}

/**
 * One "yes" is for doing it once. What was done under it already is sent again under the key that its receiver knows; where that would
 * be another key, because it says something else now, or where the receiver knows no keys, the first approval that it was done under.
 */
function usedUpApproval(session: RunSession, effect: Place, now: number): StaleApproval | null {
  const done = session.earlier?.done.get(effect.key);
  if (done === undefined) return null;
  const { changed } = readOtherwise(session, effect, now);
  if (changed.length === 0 && planNode(session, effect.nodeId).repeatable !== "unsafe") return null;
  const used = [...session.rows.values()].find(
    ({ type, handle, status, seq, nodeId, iteration }) =>
      status === "completed" &&
      handle !== null &&
      handle === stepDefinition(type)?.decides?.yes &&
      seq < done &&
      descendantsOf(session.plan, nodeId).has(effect.nodeId) &&
      isSamePass(iteration, effect.iteration),
  );
  return used ? { approval: placeOf(used.key), changed } : null;
}

/**
 * Asks again, showing what changed. The approval and everything after it leave the journal's fold and a new generation
 * begins, so that the old drivers can record nothing and the new answer takes the paths drawn for it.
 */
export async function askAgain(deps: RuntimeDeps, turn: Turn, { approval, changed }: StaleApproval): Promise<void> {
  const { session } = turn;
  const after = descendantsOf(session.plan, approval.nodeId);
  const voided = [...session.rows.values()].filter(
    (row) => row.key === approval.key || (after.has(row.nodeId) && isSamePass(approval.iteration, row.iteration)),
  );
  for (const { key } of voided) {
    session.active.delete(key);
    if (session.open.delete(key)) turn.parts.close.push(key);
  }
  turn.parts.supersede.push(...voided.map((row) => row.key));
  turn.parts.log.push({
    type: "approval.reopened",
    data: {
      node_id: approval.nodeId,
      name: planNode(session, approval.nodeId).name,
      changed: changed.map((change) => ({ ...change })),
    },
  });
  const { executor, context } = stepContext(deps, session, approval, {
    attempt: 1,
    now: turn.now,
    signal: new AbortController().signal,
    onReceipt: () => undefined,
  });
  const asked = await guarded(deps, () => executor.execute(context));
  const generation = session.run.generation + 1;
  // Anything but a question (an expression that fails by now) is left to the new driver, which meets it at the same place.
  if (asked.kind === "waiting") {
    openWaitpoint(deps, turn, approval, {
      ...asked.waitpoint,
      request: { ...asked.waitpoint.request, changed: changed.map((change) => ({ ...change })) },
    });
    session.rows.delete(approval.key);
    putRow(turn, approval, {
      status: "waiting",
      g: generation,
      startedAt: turn.now,
      summary:
        changed.length === 0
          ? "Asked again: what it allowed was done already"
          : "Asked again: values changed after the approval",
    });
  }
  turn.update.bump = 1;
  turn.parts.events.push({
    id: crypto.randomUUID(),
    name: "run/requested",
    data: { runId: session.run.id, generation },
    dedupe: `${session.run.id}:${String(generation)}`,
  });
}

/**
 * The values a decision covers: those shown with the question, and where the decider's own edits changed one of them, the
 * edited value. A value that had drifted before the decision stays as it was shown, and is found out.
 */
export function coveredValues(
  session: RunSession,
  place: Place,
  request: JsonObject,
  edits: JsonObject | null,
  now: number,
): BoundValue[] {
  const bound = readBound(request["bound"]);
  if (edits === null || bound.length === 0) return bound;
  const before = valuesNow(session, place, pathsOf(bound), now);
  const edited: RunSession = {
    ...session,
    run: { ...session.run, inputEdits: { ...session.run.inputEdits, ...edits } },
  };
  const after = valuesNow(edited, place, pathsOf(bound), now);
  return bound.map((shown, index) =>
    isSame(shown.value, before[index] ?? null) ? { path: shown.path, value: after[index] ?? null } : shown,
  );
}

/** Keeps with a granted approval's row what it covers. */
export function keepBound(session: RunSession, row: JournalRow | undefined, covered: readonly BoundValue[]): void {
  if (covered.length === 0 || row?.status !== "completed" || row.handle !== "approved") return;
  row.engine = { ...row.engine, bound: [...covered] };
  session.bound.set(row.key, row.engine.bound ?? []);
}

function pathsOf(bound: readonly BoundValue[]): string[] {
  return bound.map(({ path }) => path);
}

function isSame(left: Json, right: Json): boolean {
  return inOrder(left) === inOrder(right);
}

const followers = new WeakMap<Plan, Map<string, ReadonlySet<string>>>();

/** Plans are cached for long; what follows an approval is computed once. */
function descendantsOf(plan: Plan, nodeId: string): ReadonlySet<string> {
  const known = followers.get(plan) ?? new Map<string, ReadonlySet<string>>();
  followers.set(plan, known);
  const found = known.get(nodeId) ?? descendants(plan, nodeId);
  known.set(nodeId, found);
  return found;
}
