import type { Issue, SpecNode } from "@/core/workflow/document";
import type { LintContext } from "@/core/workflow/step-definition";
import { mostOutside, outsideRef } from "@/core/outside-address";
import { assigneeList, timeoutProblems } from "@/core/workflow/waiting-fields";
import type { ApprovalConfig } from "./config";
import { quorumProblems } from "./quorum-problems";
import { reminderProblems } from "./reminders";

type Problem = Omit<Issue, "nodeId">;

/** What is wrong, missing or not there yet in an approval. */
export function approvalProblems(config: ApprovalConfig, _node: SpecNode, { connected }: LintContext): Problem[] {
  return [
    ...timeoutProblems(config),
    ...reminderProblems(config),
    ...inconsistencies(config),
    ...namedTwice(config),
    ...quorumProblems(config),
    ...tooManyOutside(config),
    ...twoAnswers(config, connected),
    ...missingPaths(config, connected),
  ];
}

function inconsistencies(config: ApprovalConfig): Problem[] {
  const wrong = (path: string, message: string): Problem => ({
    code: "invalid_config",
    severity: "error",
    path,
    message,
  });
  const editable = config.policy?.editable ?? [];
  const timed = config.timeoutHours !== undefined || config.timeout !== undefined;
  return [
    ...editable.flatMap((path, index) =>
      /^input(\.[A-Za-z_][A-Za-z0-9_]*)+$/.test(path)
        ? []
        : [
            wrong(
              `policy.editable[${index}]`,
              `"${path}" cannot be edited by an approver. Name a field of the input, e.g. input.amount.`,
            ),
          ],
    ),
    ...(config.onTimeout === "escalate" && config.escalateTo === undefined
      ? [wrong("escalateTo", "The timeout escalates, but to nobody. Say who decides then, e.g. role:manager.")]
      : []),
    ...(config.onTimeout !== undefined && !timed
      ? [
          wrong(
            "onTimeout",
            "onTimeout says what happens after the timeout, but there is none. Give timeoutHours or remove onTimeout.",
          ),
        ]
      : []),
  ];
}

function tooManyOutside({ outside, assignTo, escalateTo }: ApprovalConfig): Problem[] {
  if (outside !== true) return [];
  return Object.entries({ assignTo, escalateTo }).flatMap(([path, given]) =>
    new Set(assigneeList(given, "").flatMap((text) => outsideRef(text) ?? [])).size <= mostOutside
      ? []
      : [
          {
            code: "invalid_config",
            severity: "error",
            path,
            message: `More than ${String(mostOutside)} addresses: no more people without an account are asked by one approval. Name fewer.`,
          } satisfies Problem,
        ],
  );
}

/** A table names the people; a step that names some as well would leave open who is meant. */
function namedTwice({ rules, assignTo, quorum }: ApprovalConfig): Problem[] {
  if (rules === undefined) return [];
  const twice = (path: string, what: string): Problem => ({
    code: "invalid_config",
    severity: "error",
    path,
    message: `${what} is said twice: here, and by the rule table "${rules.table}". Remove one of them.`,
  });
  return [
    ...(assignTo === undefined ? [] : [twice("assignTo", "Who decides")]),
    ...(quorum === undefined ? [] : [twice("quorum", "How many decide")]),
  ];
}

/** Escalation may be followed by a second timeout; every other answer leaves nothing for a connection to do. */
function twoAnswers({ onTimeout, onReject }: ApprovalConfig, connected: ReadonlySet<string>): Problem[] {
  const conflict = (path: string, message: string): Problem => ({
    code: "branch_conflict",
    severity: "error",
    path,
    message,
  });
  const settled = onTimeout !== undefined && onTimeout !== "escalate" && connected.has("timed_out");
  return [
    ...(settled
      ? [
          conflict(
            "onTimeout",
            `After the timeout the step says "${onTimeout}", but something is connected to \`timed_out\` too. Keep one of them.`,
          ),
        ]
      : []),
    ...(onReject === "fail" && connected.has("rejected")
      ? [
          conflict(
            "onReject",
            "A rejection fails the run according to onReject, but something is connected to `rejected` too. Keep one of them.",
          ),
        ]
      : []),
  ];
}

function missingPaths(config: ApprovalConfig, connected: ReadonlySet<string>): Problem[] {
  const warn = (code: string, path: string, message: string): Problem => ({ code, severity: "warning", path, message });
  const timed = config.timeoutHours !== undefined || config.timeout !== undefined;
  return [
    ...(connected.has("rejected") || config.onReject === "fail"
      ? []
      : [
          warn(
            "approval_without_reject_path",
            "",
            'A rejection fails the run. Connect "Rejected" to say what happens instead.',
          ),
        ]),
    ...(timed
      ? []
      : [
          warn(
            "approval_without_timeout",
            "timeoutHours",
            "This approval waits without limit. Set a deadline (timeoutHours) to say how long.",
          ),
        ]),
  ];
}
