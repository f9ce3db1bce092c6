import type { OwnThings } from "./own-things.testkit";

/** Which thing `{id}` is, by the beginning of the address. */
const idOf: readonly (readonly [RegExp, keyof OwnThings])[] = [
  [/^\/api\/v1\/api-keys/, "keyId"],
  [/^\/api\/v1\/(runs|workflows)/, "runId"],
  [/^\/api\/v1\/forms/, "formId"],
  [/^\/api\/v1\/files/, "fileId"],
  [/^\/api\/v1\/handoffs/, "handoffId"],
  [/^\/api\/v1\/contacts/, "contactId"],
  [/^\/api\/v1\/conversations/, "conversationId"],
  [/^\/api\/v1\/events/, "eventId"],
  [/^\/api\/v1\/absences/, "absenceId"],
  [/^\/api\/v1\/legal-holds/, "holdId"],
  [/^\/api\/v1\/sessions/, "sessionId"],
  [/^\/api\/v1\/members/, "memberId"],
  [/^\/api\/v1\/webhook-subscriptions/, "subscriptionId"],
];

/** The address with its placeholders filled. Throws for a placeholder that nobody has said the meaning of. */
export function addressOf(path: string, things: OwnThings): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    switch (name) {
      case "id": {
        const thing = idOf.find(([pattern]) => pattern.test(path))?.[1];
        if (thing === undefined) throw new Error(`say in tenancy.testkit.ts what {id} of ${path} is`);
        return things[thing];
      }
      case "idOrSlug":
        return path.includes("/connections/") ? things.connection : things.slug;
      case "approvalId":
        return things.approvalId;
      case "slug":
        return things.calendar;
      case "key":
        return things.ruleKey;
      case "triggerId":
        return "hook";
      case "side":
        return "input";
      case "number":
        return "1";
      case "step_id":
      case "callId":
      case "deliveryId":
        return "00000000-0000-7000-8000-000000000000";
      default:
        throw new Error(`say in tenancy.testkit.ts what {${name}} of ${path} is`);
    }
  });
}

/** Whoever says what they read changes one that is there. */
const calendar = { name: "Taken over", zone: "UTC", hours: { monday: [{ from: "09:00", to: "17:00" }] }, revision: 1 };

/** A body that a route's own thing would take: belonging must be what refuses. Left out: `{}`. */
export const bodies: Readonly<Record<string, object>> = {
  "POST /api/v1/forms/{id}/submit": { values: {} },
  "POST /api/v1/approvals/{approvalId}/ask": { question: "Why?" },
  "POST /api/v1/approvals/{approvalId}/answer": { answer: "So" },
  "POST /api/v1/approvals/{approvalId}/delegate": { to: "somebody@south.holdpoint.test" },
  "POST /api/v1/approvals/{approvalId}/reassign": { assign_to: ["role:owner"] },
  "PUT /api/v1/calendars/{slug}": calendar,
  "POST /api/v1/handoffs/{id}/resolve": { resolution: "done" },
  "POST /api/v1/conversations/{id}/messages": { body: "hello" },
  "POST /api/workflows/{idOrSlug}/rollback": { version: 1 },
  "POST /api/workflows/{idOrSlug}/executions": { input: {} },
  "PUT /api/workflows/{idOrSlug}/triggers/{triggerId}/secret": { secret: "0123456789" },
  "PATCH /api/workflows/{idOrSlug}": { name: "taken over" },
  "PATCH /api/v1/connections/{idOrSlug}": { name: "taken over" },
  "PATCH /api/v1/webhook-subscriptions/{id}": { enabled: false },
  "POST /api/v1/runs/{id}/restore": { snapshot_id: "1" },
  "POST /api/v1/runs/{id}/reveal": { step_id: "1", reason: "To look" },
  "POST /api/v1/workflows/{id}/reveal": { step_id: "1", reason: "To look" },
  "POST /api/v1/workflows/{id}/restore": { snapshot_id: "1" },
};

export const queries: Readonly<Record<string, string>> = {
  "GET /api/v1/audit/evidence": "?since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z",
  "GET /api/v1/audit/export": "?format=jsonl",
  "POST /api/v1/forms/{id}/files": "?question=note&name=a.pdf",
  "GET /api/workflows/{idOrSlug}/diff": "?from=1&to=1",
};

const uuid = "00000000-0000-4000-8000-000000000001";

const onlyRun = ({ runId }: OwnThings) => ({ runId });
/** What each procedure that names a thing is called with. A procedure that is neither here nor below fails the test. */
export const procedureInputs: Readonly<Record<string, (things: OwnThings) => unknown>> = {
  "absences.end": ({ absenceId }) => ({ id: absenceId }),
  "absences.set": ({ memberId }) => ({ user: memberId }),
  "calendars.remove": ({ calendar: slug }) => ({ slug }),
  "calendars.set": ({ calendar: slug }) => ({ ...calendar, slug }),
  "approvals.decide": ({ approvalId }) => ({ id: approvalId, decision: "approved" }),
  "approvals.ask": ({ approvalId }) => ({ id: approvalId, question: "Why?" }),
  "approvals.answer": ({ approvalId }) => ({ id: approvalId, answer: "So" }),
  "approvals.delegate": ({ approvalId }) => ({ id: approvalId, to: "somebody@south.holdpoint.test" }),
  "approvals.delegates": ({ approvalId }) => ({ id: approvalId }),
  "approvals.takeBackDelegation": ({ approvalId }) => ({ id: approvalId }),
  "approvals.reassign": ({ approvalId }) => ({ id: approvalId, assignTo: ["role:owner"] }),
  "approvals.undo": ({ approvalId }) => ({ id: approvalId }),
  "approverRules.get": ({ ruleKey }) => ({ key: ruleKey }),
  "approverRules.publish": ({ ruleKey }) => ({ key: ruleKey, revision: 1, liveVersion: 1 }),
  "approverRules.remove": ({ ruleKey }) => ({ key: ruleKey }),
  "approverRules.restore": ({ ruleKey }) => ({ key: ruleKey, revision: 1, version: 1 }),
  "approverRules.save": ({ ruleKey }) => ({
    key: ruleKey,
    revision: 1,
    name: "taken over",
    document: { questions: [], rows: [], otherwise: { refuse: true } },
  }),
  "approverRules.simulate": ({ ruleKey }) => ({ key: ruleKey, values: {} }),
  "approverRules.versions": ({ ruleKey }) => ({ key: ruleKey }),
  "connections.test": ({ connection }) => ({ slug: connection, path: "/" }),
  "console.answer": ({ conversationId }) => ({ id: conversationId, body: "taken over" }),
  "console.claim": ({ conversationId }) => ({ id: conversationId }),
  "console.close": ({ conversationId }) => ({ id: conversationId }),
  "console.contact": ({ contactId }) => ({ id: contactId }),
  "console.get": ({ conversationId }) => ({ id: conversationId }),
  "console.note": ({ conversationId }) => ({ id: conversationId, body: "taken over" }),
  "console.release": ({ conversationId }) => ({ id: conversationId }),
  "console.removeCanned": ({ cannedId }) => ({ id: cannedId }),
  "console.reopen": ({ conversationId }) => ({ id: conversationId }),
  "console.saveCanned": ({ cannedId }) => ({ id: cannedId, name: "taken over", body: "taken over" }),
  "console.seen": ({ conversationId }) => ({ id: conversationId }),
  "console.thread": ({ conversationId }) => ({ id: conversationId }),
  "contacts.change": ({ contactId }) => ({ id: contactId, name: "taken over", email: null, phone: null }),
  "contacts.get": ({ contactId }) => ({ id: contactId }),
  "drafts.applyBatch": ({ slug }) => ({
    slug,
    clientId: "c",
    batchId: uuid,
    baseRevision: 0,
    operations: [{ op: "set_start", container: null, id: "all" }],
  }),
  "drafts.check": ({ slug }) => ({ slug }),
  "drafts.compare": ({ slug }) => ({ slug, from: 1, to: "draft" }),
  "drafts.discard": ({ slug }) => ({ slug }),
  "drafts.leave": ({ slug }) => ({ slug, clientId: "c" }),
  "drafts.open": ({ slug }) => ({ slug }),
  "drafts.present": ({ slug }) => ({ slug, clientId: "c", nodeId: null }),
  "drafts.preview": ({ slug }) => ({ slug }),
  "drafts.publish": ({ slug }) => ({ slug, revision: 0 }),
  "drafts.restore": ({ slug }) => ({ slug, version: 1 }),
  "files.open": ({ fileId }) => ({ id: fileId }),
  "drafts.reviews.decide": ({ workflowId }) => ({ id: workflowId, decision: "approve" }),
  "drafts.reviews.list": ({ slug }) => ({ slug }),
  "drafts.reviews.withdraw": ({ workflowId }) => ({ id: workflowId }),
  "drafts.setReviewRequired": ({ slug }) => ({ slug, on: true }),
  "drafts.since": ({ slug }) => ({ slug, revision: 0 }),
  "inbox.fixAndGoOn": ({ runId }) => ({ id: runId, values: {} }),
  "inbox.leaveAsItIs": ({ runId }) => ({ id: runId, reason: "taken over" }),
  "inbox.get": ({ handoffId }) => ({ id: handoffId }),
  "inbox.reply": ({ conversationId }) => ({ conversationId, body: "taken over" }),
  "inbox.resolveHandoff": ({ handoffId }) => ({ id: handoffId, resolution: "taken over" }),
  "inbox.goOnWithNewest": ({ runId }) => ({ id: runId, version: 2 }),
  "inbox.skipStep": ({ runId }) => ({ id: runId, reason: "taken over" }),
  "inbox.tryAgain": ({ runId }) => ({ id: runId }),
  "inbox.tryAllAgain": ({ runId }) => ({ id: runId }),
  "inbox.submitForm": ({ formId }) => ({ id: formId, values: {} }),
  "library.deleteForever": ({ workflowId }) => ({ id: workflowId }),
  "library.duplicate": ({ slug }) => ({ slug }),
  "library.exportDocument": ({ slug }) => ({ slug, version: 1 }),
  "library.organize": ({ slug }) => ({ slug, name: "taken over" }),
  "library.restore": ({ workflowId }) => ({ id: workflowId }),
  "library.trash": ({ slug }) => ({ slug }),
  "members.change": ({ memberId }) => ({ memberId, roles: [], teams: [] }),
  "members.saveGroup": ({ teamId }) => ({ kind: "team", id: teamId, name: "Taken over" }),
  "members.removeGroup": ({ teamId }) => ({ kind: "team", id: teamId }),
  "notices.read": ({ approvalId }) => ({ waitpointId: approvalId }),
  ...Object.fromEntries(["get", "nudge", "withdraw"].map((act) => [`requests.${act}`, onlyRun])),
  "runs.cancel": ({ runId }) => ({ id: runId }),
  "runs.formAddress": ({ formId }) => ({ waitpointId: formId }),
  "runs.get": ({ runId }) => ({ id: runId }),
  "runs.loopSteps": ({ runId }) => ({ id: runId }),
  "runs.step": ({ runId }) => ({ id: runId, stepId: uuid }),
  "runs.values": ({ runId }) => ({ id: runId }),
  "sessions.end": ({ sessionId }) => ({ id: sessionId }),
  "sessions.endOfMember": ({ memberId }) => ({ memberId }),
  "runs.list": ({ workflowId }) => ({ workflowId }),
  "runs.pause": ({ runId }) => ({ id: runId }),
  "runs.previewRestore": ({ runId }) => ({ id: runId, snapshotId: "1" }),
  "runs.restore": ({ runId }) => ({ id: runId, snapshotId: "1" }),
  "runs.resume": ({ runId }) => ({ id: runId }),
  "runs.retry": ({ runId }) => ({ id: runId }),
  "runs.reveal": ({ runId }) => ({ id: runId, stepId: runId, reason: "To look" }),
  "runs.start": ({ slug }) => ({ workflow: slug, input: {} }),
  "testing.bench": ({ slug }) => ({ slug }),
  "testing.deleteSample": ({ slug }) => ({ slug, id: uuid }),
  "testing.pin": ({ slug }) => ({ slug, nodeId: "all", handle: "next", output: 1 }),
  "testing.question": ({ runId, approvalId }) => ({ runId, waitpointId: approvalId }),
  "testing.rehearse": ({ runId, approvalId }) => ({ runId, waitpointId: approvalId, act: { type: "pass_time" } }),
  "testing.saveSample": ({ slug }) => ({ slug, name: "x", input: {} }),
  "testing.start": ({ slug }) => ({ slug, input: {} }),
  "testing.unpin": ({ slug }) => ({ slug, nodeId: "all" }),
  "triggers.calls": ({ slug }) => ({ slug, triggerId: "hook" }),
  "triggers.operational": ({ slug }) => ({ slug }),
  "triggers.redrive": ({ slug }) => ({ slug, callId: uuid }),
  "triggers.rotateUrl": ({ slug }) => ({ slug, triggerId: "hook" }),
  "triggers.sendTest": ({ slug }) => ({ slug, triggerId: "hook", body: {} }),
  "triggers.setOperational": ({ slug }) => ({ slug, enabled: false }),
  "triggers.decideSecret": ({ slug }) => ({
    slug,
    triggerId: "hook",
    askedAt: "2026-01-01T00:00:00.000Z",
    decision: "reject",
  }),
  "triggers.setSecret": ({ slug }) => ({ slug, triggerId: "hook", secret: "0123456789" }),
  "triggers.startRequest": ({ slug }) => ({ slug, values: {}, submissionId: uuid }),
  "triggers.state": ({ slug }) => ({ slug }),
  "workflows.get": ({ slug }) => ({ slug }),
  "workflows.publish": ({ slug }) => ({ slug }),
  "workflows.retire": ({ slug }) => ({ slug }),
  "workflows.rollback": ({ slug }) => ({ slug, version: 1 }),
  "workflows.setEnabled": ({ slug }) => ({ slug, enabled: false }),
};
