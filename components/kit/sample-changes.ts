import type { PublishReviewItem } from "@/core/contracts/draft";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import type { ProblemGroup } from "@/components/builder/problems/problem-groups";
import { minutesAgo } from "./sample-run";

export const sampleChanges: DocumentChange[] = [
  { kind: "added", subject: "step", id: "notify_owner", text: "Notify step Tell the owner was added", fields: [] },
  {
    kind: "changed",
    subject: "step",
    id: "approve",
    text: "Message of Manager approval changed",
    fields: [
      {
        path: "context.headline",
        label: "Headline",
        before: "Upgrade ${contact.email}",
        after: "Upgrade ${contact.email} to Enterprise, prorated from today",
      },
    ],
  },
  { kind: "removed", subject: "connection", id: "a:out:b", text: "Preview → Bill was removed", fields: [] },
  { kind: "changed", subject: "setting", id: "maxRetries", text: "Max retries: 3, now 5", fields: [] },
];

export const sampleReview: PublishReviewItem = {
  id: "r1",
  workflow: { slug: "subscription-upgrade", name: "Subscription Upgrade" },
  status: "pending",
  note: "Owners hear of every upgrade",
  requestedBy: { id: "u2", name: "Kim" },
  createdAt: minutesAgo(25),
  decidedBy: null,
  comment: null,
  decidedAt: null,
  version: null,
  changes: sampleChanges,
  blocked: null,
  mayWithdraw: false,
};

export const ownReview: PublishReviewItem = {
  ...sampleReview,
  id: "r2",
  blocked: "You asked for this yourself. A second person decides.",
  mayWithdraw: true,
};

export const sampleProblems: ProblemGroup[] = [
  {
    key: "step approve",
    title: "Manager approval",
    step: { id: "approve", icon: "user-check", color: "checkpoint" },
    problems: [
      {
        issue: {
          code: "missing_branch",
          severity: "error",
          path: "nodes[2]",
          message: "This branch needs a default. Choose where other answers go.",
        },
        place: { kind: "step", nodeId: "approve", field: undefined },
      },
      {
        issue: {
          code: "approval_without_timeout",
          severity: "warning",
          path: "nodes[2]",
          message: "Nobody is reminded: this waits without limit.",
        },
        place: { kind: "step", nodeId: "approve", field: "timeout" },
      },
    ],
  },
  {
    key: "triggers",
    title: "Triggers",
    step: null,
    problems: [
      {
        issue: { code: "no_trigger", severity: "error", path: "triggers", message: "Nothing starts this workflow." },
        place: { kind: "triggers" },
      },
    ],
  },
];
