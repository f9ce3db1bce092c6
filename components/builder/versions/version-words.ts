import type { WorkflowDetail } from "@/core/contracts/workflow";
import { runsWords } from "@/components/builder/publish/preview-words";

type Facts = Pick<WorkflowDetail, "headVersion" | "hasDraft"> & {
  versions: Pick<WorkflowDetail["versions"][number], "number" | "openRuns">[];
};

/** "What v2 does goes live again now, as v5. 12 runs finish on v4. Your draft stays." */
export function rollbackWords(version: number, { headVersion, versions, hasDraft }: Facts): string {
  const runs = runsWords(versions.map(({ number, openRuns }) => ({ version: number, runs: openRuns })));
  return [
    `What v${version} does goes live again now, as v${headVersion + 1}.`,
    runs,
    hasDraft ? "The draft stays as it is." : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** What taking an old version into the draft costs. */
export function restoreWords(version: number, hasDraft: boolean): string {
  const draft = `The draft becomes a copy of v${version}. Nothing goes live until somebody publishes it.`;
  return hasDraft ? `${draft} What was changed in the draft so far is replaced.` : draft;
}
