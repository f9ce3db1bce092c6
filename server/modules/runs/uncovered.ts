import type { Spec } from "@/core/workflow/document";
import { startsWith, type Path } from "@/core/workflow/secret-paths";
import { traceSecrets } from "@/core/workflow/trace-secrets";
import { stepDefinitions } from "@/steps/definitions";
import { allNodes } from "./all-nodes";
import { triedSteps } from "./history-store";
import { givesCallbacks } from "./sensitive";
import { listValuesOfNodes } from "./sensitive-store";

/** Steps of which another version would show what this one hides; null stands for the run's input. */
export async function uncovered(runId: string, from: Spec, to: Spec): Promise<(string | null)[]> {
  const [tried, rows] = await Promise.all([triedSteps(runId), listValuesOfNodes(runId, [])]);
  const unrecorded = new Set(rows.map(({ nodeId }) => nodeId));
  const [before, now] = [from, to].map((spec) => traceSecrets(spec, stepDefinitions, unrecorded));
  if (!before || !now) return [];
  const marked = new Map(allNodes(to).map(({ id, sensitive = [] }) => [id, sensitive]));
  const steps = [...new Set(tried.map(({ nodeId }) => nodeId))].filter((id) => {
    const [was, is] = [before.steps.get(id), now.steps.get(id)];
    if (!was) return false;
    if (!is || !isCovered(pathsOf(was.hidden), pathsOf(is.hidden))) return true;
    return (was.message && !is.message) || (was.summary !== null && is.summary === null);
  });
  const unmarked = allNodes(from).filter(
    ({ id, sensitive = [] }) =>
      tried.some(({ nodeId }) => nodeId === id) && !sensitive.every((path) => marked.get(id)?.includes(path)),
  );
  const showsInput = !isCovered(before.input, now.input) || (givesCallbacks(from) && !givesCallbacks(to)) ? [null] : [];
  return [...showsInput, ...new Set([...steps, ...unmarked.map(({ id }) => id)])];
}

function isCovered(hidden: readonly Path[], by: readonly Path[]): boolean {
  return hidden.every((path) => by.some((start) => startsWith(path, start)));
}

function pathsOf(hidden: readonly { path: Path }[]): Path[] {
  return hidden.map(({ path }) => path);
}
