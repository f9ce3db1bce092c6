import type { z } from "zod";
import type { ApprovalItem } from "@/core/contracts/approval";
import type { approvalObjectSchema } from "@/core/contracts/approval-rest";

/** The approval object of the run family. */
export function approvalObject(item: ApprovalItem): z.input<typeof approvalObjectSchema> {
  return {
    id: item.id,
    run_id: item.runId,
    node_id: item.nodeId,
    status: item.status,
    action_label: item.actionLabel,
    headline: item.headline,
    fields: item.fields,
    fingerprint: item.fingerprint,
    assign_to: item.assignRefs,
    rule: item.rule,
    changed: item.changed,
    approved_before: item.approvedBefore && {
      run_id: item.approvedBefore.runId,
      by: item.approvedBefore.by,
      at: item.approvedBefore.at,
      happened: item.approvedBefore.happened,
    },
    due_at: item.dueAt,
    counts_by: item.countsBy,
    created_at: item.createdAt,
    decision: item.decision,
    decided_by: item.decidedBy?.name ?? null,
    decided_at: item.decidedAt,
    comment: item.comment,
    decisions_needed: item.decisionsNeeded,
    quorum: item.quorum.mode,
    votes: item.votes.map(({ name, decision, at, comment }) => ({ by: name, decision, at, comment })),
    delegations: item.delegations,
    questions: item.questions.map(({ by, to, text, at, answer, answeredBy, answeredAt }) => ({
      by,
      to,
      text,
      at,
      answer,
      answered_by: answeredBy,
      answered_at: answeredAt,
    })),
    undecidable: item.undecidable,
  };
}
