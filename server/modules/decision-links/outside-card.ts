import type { ApprovalContext } from "@/core/contracts/approval";

/**
 * The card for somebody without an account: what they are asked, what comes of it and what they may do. Nothing of the run and its history, and nobody's
 * name but of who asked and who decided. Named field by field, so that what the card gains is hidden from them until somebody puts it here.
 */
export function outsideCard(card: ApprovalContext): ApprovalContext {
  const isOpen = card.status === "pending" || card.status === "info_requested";
  return {
    // No ids: they would lead into the product.
    id: "",
    runId: "",
    nodeId: "",
    workflow: { id: "", slug: "", name: "", version: 0 },
    status: card.status,
    actionLabel: card.actionLabel,
    headline: card.headline,
    fields: card.fields,
    money: card.money,
    bound: card.bound,
    changed: card.changed,
    whatHappensNext: card.whatHappensNext,
    editable: card.editable,
    conversation: card.conversation && { id: "", messages: card.conversation.messages.map((each) => ({ ...each })) },
    dueAt: card.dueAt,
    countsBy: null,
    createdAt: card.createdAt,
    requestedBy: card.requestedBy,
    test: card.test,
    decision: card.decision,
    decidedBy: card.decidedBy && { id: null, name: card.decidedBy.name },
    decidedAt: card.decidedAt,
    // What colleagues wrote is for colleagues.
    comment: null,
    record: null,
    votes: card.votes.map(({ name, decision, at }) => ({ name, decision, at, comment: null })),
    decisionsNeeded: card.decisionsNeeded,
    quorum: { mode: card.quorum.mode, then: [] },
    canDecide: card.canDecide,
    cannotDecideReason: card.cannotDecideReason,
    commentRequiredOn: card.commentRequiredOn,
    undecidable: null,
    isPaused: isOpen && card.isPaused,
    fingerprint: card.fingerprint,
    assignTo: [],
    assignRefs: [],
    rule: null,
    approvedBefore: null,
    customer: null,
    steps: [],
    questions: [],
    mayAsk: false,
    mayAnswer: false,
    delegations: [],
    delegatedBy: null,
    delegatedTo: null,
    deputies: [],
    standsInFor: null,
    mayDelegate: false,
    mayReassign: false,
  };
}
