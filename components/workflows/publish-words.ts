import type { WorkflowDetail } from "@/core/contracts/workflow";

/** "v4 goes live now. 12 runs finish on v3." */
export function goesLiveWords(
  version: number,
  workflow: Pick<WorkflowDetail, "publishedVersion" | "versions">,
): string {
  const current = workflow.versions.find((each) => each.number === workflow.publishedVersion);
  const head = `v${version} goes live now.`;
  if (!current || current.openRuns === 0 || current.number === version) return head;
  return `${head} ${current.openRuns === 1 ? "1 run finishes" : `${current.openRuns} runs finish`} on v${current.number}.`;
}

/** Why publishing is not possible now, or null. */
export function cannotPublishReason(
  workflow: Pick<WorkflowDetail, "status" | "headVersion" | "publishedVersion" | "issues">,
): string | null {
  if (workflow.status === "retired") return "This workflow is retired.";
  const errors = workflow.issues.filter((issue) => issue.severity === "error").length;
  if (errors > 0)
    return errors === 1 ? "One problem must be solved first." : `${errors} problems must be solved first.`;
  return workflow.headVersion === workflow.publishedVersion ? `v${workflow.headVersion} is live already.` : null;
}
