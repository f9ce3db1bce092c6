import { sha256 } from "@/server/digest";
import { pathsRead } from "@/core/engine/input-reads";
import type { Json } from "@/core/json";
import { stepDefinitions } from "@/steps/definitions";
import { valuesNow } from "./bind-values";
import { inOrder } from "./in-order";
import type { RunSession } from "./run-session";
import { planNode, type Place } from "./turn";

/** A value that is not any more what it was. */
export interface ChangedValue {
  path: string;
  was: Json;
  now: Json;
}

/**
 * What a service tells calls of a step apart by. Stable over attempts and crashes. Once a person has corrected a value that the step
 * reads, or it was answered anew with something else, the receiver must see a new key: under the old one it would give its old answer
 * to a call that says something else. A call that says the same keeps its key, however often it is retried and whatever else was
 * corrected: under a new one it would be done twice. The clock is left out, so that a call which only names the time keeps its key.
 */
export function callKey(session: RunSession, place: Place, now: number): string {
  const key = `${session.run.id}:${place.nodeId}${place.iteration === "" ? "" : `:${place.iteration}`}`;
  const { values, changed } = readOtherwise(session, place, now);
  if (changed.length === 0) return key;
  return `${key}:v${sha256(inOrder(values)).slice(0, 8)}`;
}

/** What an effect reads now, and what of that was something else at first. */
export function readOtherwise(
  session: RunSession,
  place: Place,
  now: number,
): { values: Json[]; changed: ChangedValue[] } {
  const { earlier, run } = session;
  if (earlier === null || planNode(session, place.nodeId).kind !== "effect") return nothing;
  if (earlier.rows.size === 0 && Object.keys(earlier.edits).length === 0 && !run.patch) return nothing;
  const paths = pathsRead(session.plan, place.nodeId, stepDefinitions);
  const atFirst: RunSession = {
    ...session,
    run: { ...run, patch: null, inputEdits: { ...uncorrected(run), ...earlier.edits } },
    rows: overlay(earlier.rows, session.rows),
    loops: overlay(earlier.loops, session.loops),
  };
  const values = valuesNow(session, place, paths, now);
  const first = valuesNow(atFirst, place, paths, now);
  const changed = paths.flatMap((path, index) => {
    const [was = null, is = null] = [first[index], values[index]];
    return inOrder(was) === inOrder(is) ? [] : [{ path, was, now: is }];
  });
  return { values, changed };
}

const nothing = { values: [], changed: [] };

/** What approvers changed, without what was corrected by retries. */
function uncorrected({ inputEdits, patch }: RunSession["run"]): Record<string, Json> {
  const fields = Object.entries(inputEdits ?? {}).filter(([field]) => !Object.hasOwn(patch ?? {}, field));
  return Object.fromEntries(fields);
}

/** One map seen through another, without a copy: runs may have very many rows. */
function overlay<Value>(over: ReadonlyMap<string, Value>, under: ReadonlyMap<string, Value>): Map<string, Value> {
  return Object.assign(new Map<string, Value>(), { get: (key: string) => over.get(key) ?? under.get(key) });
}
