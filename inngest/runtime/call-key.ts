import { createHash } from "node:crypto";
import { pathsRead } from "@/core/engine/input-reads";
import { stepDefinitions } from "@/steps/definitions";
import { valuesNow } from "./bind-values";
import { inOrder } from "./in-order";
import type { RunSession } from "./run-session";
import { planNode, type Place } from "./turn";

/**
 * What a service tells calls of a step apart by. Stable over attempts and crashes. Once a person has corrected the input, or what the
 * step reads was answered anew with something else, the receiver must see a new key: under the old one it would give its old answer
 * to a call that says something else. The clock is left out, so that a call which only names the time keeps its key.
 */
export function callKey(session: RunSession, place: Place, now: number): string {
  const { run } = session;
  const key = `${run.id}:${place.nodeId}${place.iteration === "" ? "" : `:${place.iteration}`}${run.patchedGeneration ? `:g${String(run.patchedGeneration)}` : ""}`;
  return `${key}${otherValues(session, place, now)}`;
}

/** Empty while the step reads what it read at first. */
function otherValues(session: RunSession, place: Place, now: number): string {
  const { earlier, run } = session;
  if (earlier === null || planNode(session, place.nodeId).kind !== "effect") return "";
  if (earlier.rows.size === 0 && Object.keys(earlier.edits).length === 0) return "";
  const paths = pathsRead(session.plan, place.nodeId, stepDefinitions);
  const atFirst: RunSession = {
    ...session,
    run: { ...run, inputEdits: run.inputEdits && { ...run.inputEdits, ...earlier.edits } },
    rows: overlay(earlier.rows, session.rows),
    loops: overlay(earlier.loops, session.loops),
  };
  const [values, first] = [session, atFirst].map((seen) => inOrder(valuesNow(seen, place, paths, now)));
  if (values === undefined || values === first) return "";
  return `:v${createHash("sha256").update(values).digest("hex").slice(0, 8)}`;
}

/** One map seen through another, without a copy: runs may have very many rows. */
function overlay<Value>(over: ReadonlyMap<string, Value>, under: ReadonlyMap<string, Value>): Map<string, Value> {
  return Object.assign(new Map<string, Value>(), { get: (key: string) => over.get(key) ?? under.get(key) });
}
