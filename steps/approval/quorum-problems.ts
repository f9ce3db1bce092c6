import type { Issue } from "@/core/workflow/document";
import { assigneeList } from "@/core/workflow/waiting-fields";
import type { ApprovalConfig } from "./config";

type Problem = Omit<Issue, "nodeId">;

/** What is wrong with how many decide. Whether there are as many people is looked at where people are known. */
export function quorumProblems({ quorum, assignTo, policy, onTimeout, escalateTo }: ApprovalConfig): Problem[] {
  if (quorum === undefined) return [];
  const { mode, n } = quorum;
  const wrong = (path: string, message: string): Problem => ({
    code: "invalid_config",
    severity: "error",
    path,
    message,
  });
  const takesNumber = mode === "count" || mode === "percent";
  return [
    ...(takesNumber && n === undefined
      ? [
          wrong(
            "quorum.n",
            mode === "count"
              ? "Say how many must approve (n), e.g. 2."
              : "Say what share must approve (n), in percent, e.g. 50.",
          ),
        ]
      : []),
    ...(!takesNumber && n !== undefined
      ? [
          wrong(
            "quorum.n",
            `A number of people (n) belongs to the modes "count" and "percent". Remove it, or choose one of them.`,
          ),
        ]
      : []),
    ...(mode === "count" && n !== undefined && (!Number.isInteger(n) || n > 100)
      ? [wrong("quorum.n", "Give a whole number of people from 1 to 100.")]
      : []),
    ...(mode === "percent" && n !== undefined && n > 100
      ? [wrong("quorum.n", "Give a share from 1 to 100 percent.")]
      : []),
    ...(mode === "sequence" && isOneReference(assignTo)
      ? [
          wrong(
            "assignTo",
            "One after the other needs several to ask. Name them in order in assignTo, or let one decide.",
          ),
        ]
      : []),
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
