import { quorumFaults } from "@/core/quorum";
import type { Issue } from "@/core/workflow/document";
import { assigneeList } from "@/core/workflow/waiting-fields";
import type { ApprovalConfig } from "./config";

type Problem = Omit<Issue, "nodeId">;

/** What is wrong with how many decide. Whether there are as many people is looked at where people are known. */
export function quorumProblems({ quorum, assignTo, policy, onTimeout, escalateTo }: ApprovalConfig): Problem[] {
  if (quorum === undefined) return [];
  const { mode } = quorum;
  const wrong = (path: string, message: string): Problem => ({
    code: "invalid_config",
    severity: "error",
    path,
    message,
  });
  return [
    ...quorumFaults(quorum, isOneReference(assignTo) ? 1 : null).map(({ path, message }) => wrong(path, message)),
    ...(mode !== "any" && onTimeout === "escalate" && escalateTo !== undefined
      ? [
          {
            code: "invalid_config",
            severity: "warning" as const,
            path: "escalateTo",
            message:
              mode === "sequence" && isOneReference(escalateTo)
                ? "When time is up, what was said so far does not count, and those who are asked then decide with one approval. Name as many as must sign."
                : "When time is up, what was said so far does not count: those who are asked then decide anew, as many as the quorum says.",
          },
        ]
      : []),
    ...(mode !== "any" && (policy?.editable ?? []).length > 0
      ? [
          wrong(
            "policy.editable",
            "Where several people decide, nothing can be changed while approving: the others would not have seen it. Remove the values, or let one decide.",
          ),
        ]
      : []),
  ];
}

/** A template may stand for a list. */
function isOneReference(assignTo: ApprovalConfig["assignTo"]): boolean {
  const [only, ...others] = assigneeList(assignTo, "role:operator");
  return others.length === 0 && !(only ?? "").includes("${");
}
