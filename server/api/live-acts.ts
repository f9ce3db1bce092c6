import type { Scope } from "@/core/permissions";

/** What it takes to change at once what a live workflow does, beside the right to change drafts. */
export interface LiveAct {
  /** The right that is asked for while something is live. */
  scope: Scope;
  /** Signed-in people have to have given their password lately. */
  proof: boolean;
}

const publish: LiveAct = { scope: "workflows:publish", proof: false };
const provenPublish: LiveAct = { scope: "workflows:publish", proof: true };
const connection: LiveAct = { scope: "connections:write", proof: true };

/**
 * Everything that changes what a live workflow does at once, outside a published version: whether and when it starts, who may call it
 * under which address and with which secret, and where its steps send what they know. Each asks for as much as the switch
 * does. Whatever else writes stands in `harmless`, with the reason; the test fails for what is in neither.
 */
export const liveActs: Readonly<Record<string, LiveAct>> = {
  "drafts.publish": publish,
  "drafts.reviews.decide": publish,
  "drafts.setReviewRequired": { scope: "workflows:require_review", proof: true },
  "library.trash": publish,
  "triggers.setSecret": provenPublish,
  "triggers.decideSecret": provenPublish,
  "triggers.rotateUrl": provenPublish,
  "triggers.setOperational": publish,
  "workflows.publish": publish,
  "workflows.rollback": publish,
  "workflows.retire": publish,
  "workflows.setEnabled": publish,
  "PATCH /api/workflows/{idOrSlug}": publish,
  "DELETE /api/workflows/{idOrSlug}": publish,
  "POST /api/workflows/{idOrSlug}/publish": publish,
  "POST /api/workflows/{idOrSlug}/retire": publish,
  "POST /api/workflows/{idOrSlug}/rollback": publish,
  "PUT /api/workflows/{idOrSlug}/triggers/{triggerId}/secret": provenPublish,
  "PATCH /api/v1/connections/{idOrSlug}": connection,
  "DELETE /api/v1/connections/{idOrSlug}": connection,
};

const ownWork = "writes drafts, tests, and what only its author sees";
const newThing = "makes something that nothing live uses yet";
const runs = "begins, answers or controls runs; it changes none that begin later";
const deleted = "is about what lies in the trash, which starts nothing";
const watchers = "tells others what happened; no run does anything else by it";
const account = "is about people, their keys and sign-ins";
const evidence = "is about how long what happened is kept";

/** What writes and changes nothing that is live, and why. */
export const harmless: Readonly<Record<string, string>> = {
  "approvals.decide": runs,
  "approvals.reassign": runs,
  "connections.create": newThing,
  "connections.test": ownWork,
  "conversations.send": runs,
  "conversations.submitForm": runs,
  "drafts.applyBatch": ownWork,
  "drafts.discard": ownWork,
  "drafts.leave": ownWork,
  "drafts.present": ownWork,
  "drafts.restore": ownWork,
  "drafts.reviews.withdraw": ownWork,
  "library.create": newThing,
  "library.deleteForever": deleted,
  "library.duplicate": newThing,
  "library.importDocument": newThing,
  "library.organize": "changes name, place and owner in the list; none of them decides what a run does",
  "library.readImport": ownWork,
  "library.restore": deleted,
  "library.useTemplate": newThing,
  "runs.cancel": runs,
  "runs.pause": runs,
  "runs.resume": runs,
  "runs.restore": runs,
  "runs.retry": runs,
  "runs.start": runs,
  "sessions.changePassword": account,
  "sessions.end": account,
  "sessions.endAll": account,
  "sessions.endOfMember": account,
  "sessions.prove": account,
  "testing.deleteSample": ownWork,
  "testing.pin": ownWork,
  "testing.rehearse": ownWork,
  "testing.saveSample": ownWork,
  "testing.start": ownWork,
  "testing.unpin": ownWork,
  "triggers.redrive": runs,
  "triggers.sendTest": runs,
  "triggers.sendTestEvent": runs,
  "triggers.startRequest": runs,
  "triggers.submitIntake": runs,
  "workflows.validate": ownWork,
  "POST /api/v1/api-keys": account,
  "DELETE /api/v1/api-keys/{id}": account,
  "POST /api/v1/approvals/{approvalId}/approve": runs,
  "POST /api/v1/approvals/{approvalId}/reject": runs,
  "POST /api/v1/approvals/{approvalId}/reassign": runs,
  "POST /api/v1/runs/{id}/approvals/{approvalId}/approve": runs,
  "POST /api/v1/runs/{id}/approvals/{approvalId}/reject": runs,
  "POST /api/v1/workflows/{id}/approvals/{approvalId}/approve": runs,
  "POST /api/v1/workflows/{id}/approvals/{approvalId}/reject": runs,
  "POST /api/v1/connections": newThing,
  "POST /api/v1/connections/{idOrSlug}/test": ownWork,
  "POST /api/v1/legal-holds": evidence,
  "POST /api/v1/legal-holds/{id}/lift": evidence,
  "PUT /api/v1/retention": evidence,
  "DELETE /api/v1/members/{id}/sessions": account,
  "DELETE /api/v1/sessions": account,
  "DELETE /api/v1/sessions/{id}": account,
  "POST /api/v1/workflows": runs,
  "POST /api/v1/workflows/{id}/pause": runs,
  "POST /api/v1/workflows/{id}/resume": runs,
  "POST /api/v1/workflows/{id}/cancel": runs,
  "POST /api/v1/workflows/{id}/retry": runs,
  "POST /api/v1/workflows/{id}/restore": runs,
  "POST /api/v1/runs": runs,
  "POST /api/v1/runs/{id}/pause": runs,
  "POST /api/v1/runs/{id}/resume": runs,
  "POST /api/v1/runs/{id}/cancel": runs,
  "POST /api/v1/runs/{id}/retry": runs,
  "POST /api/v1/runs/{id}/restore": runs,
  "POST /api/v1/forms/{id}/submit": runs,
  "POST /api/v1/handoffs/{id}/resolve": runs,
  "POST /api/callbacks/{token}": runs,
  "POST /api/v1/conversations": runs,
  "POST /api/v1/conversations/{id}/messages": runs,
  "POST /api/v1/conversations/{id}/rotate-link": runs,
  "POST /api/v1/events": runs,
  "POST /api/v1/events/{id}/redrive": runs,
  "POST /api/workflows/{idOrSlug}/triggers/{triggerId}/calls/{callId}/redrive": runs,
  "POST /api/hooks/{token}": runs,
  "PUT /api/hooks/{token}": runs,
  "PATCH /api/hooks/{token}": runs,
  "DELETE /api/hooks/{token}": runs,
  "POST /api/v1/webhook-subscriptions": watchers,
  "PATCH /api/v1/webhook-subscriptions/{id}": watchers,
  "DELETE /api/v1/webhook-subscriptions/{id}": watchers,
  "POST /api/v1/webhook-subscriptions/{id}/rotate-secret": watchers,
  "POST /api/v1/webhook-subscriptions/{id}/test": watchers,
  "POST /api/v1/webhook-subscriptions/{id}/deliveries/{deliveryId}/redeliver": watchers,
  "POST /api/workflows": newThing,
  "POST /api/workflows/validate": ownWork,
  "POST /api/workflows/{idOrSlug}/validate": ownWork,
  "POST /api/workflows/{idOrSlug}/executions": runs,
};
