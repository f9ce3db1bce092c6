/** How a line of the audit log reads: who, then these words, with the subject in the place of `{}`. */
interface AuditWords {
  /** "approved", " for good": what stands before and after the subject; `after` is null where no subject is named. */
  before: string;
  after: string | null;
}

/** What an action says of its subject. A test keeps this complete. */
const sentences: Readonly<Record<string, string>> = {
  "approval.approved": "approved {}",
  "approval.rejected": "rejected {}",
  "approval.voted": "gave their word on {}; more people must decide",
  "approval.delegated": "gave {} to a colleague, who may decide it in their name",
  "approval.delegation_ended": "took {} back from a colleague",
  "approval.info_requested": "asked a question about {}; its time stands still",
  "approval.info_given": "answered a question about {}",
  "approval.taken_back": "took back their decision on {} before it counted",
  "approval.lapsed": "decided {} too late: it no longer counted",
  "approval.timed_out": "closed {}: nobody decided in time",
  "approval.reassigned": "gave {} to somebody else",
  "approval.undecidable": "found that nobody can decide {}",
  "approval.decidable": "found that somebody can decide {} again",
  "form.submitted": "answered {}",
  "file.opened": "opened {}",
  "form.timed_out": "closed {}: nobody answered in time",
  "form.undecidable": "found that nobody can answer {}",
  "form.decidable": "found that somebody can answer {} again",
  "handoff.resolved": "settled {}",
  "handoff.timed_out": "closed {}: nobody settled it in time",
  "handoff.undecidable": "found that nobody can settle {}",
  "handoff.decidable": "found that somebody can settle {} again",
  "callback.called": "answered {}",
  "run.started": "started {}",
  "run.pause": "paused {}",
  "run.resume": "resumed {}",
  "run.cancel": "cancelled {}",
  "run.retry": "tried {} again",
  "run.restored": "went on from a snapshot in {}",
  "run.left_failed": "left {} as it is",
  "run.values_revealed": "looked at hidden values of {}",
  "runs.retry_alike": "tried all runs of {} again that failed alike",
  "test.time_passed": "let time pass in the test {}",
  "workflow.created": "created {}",
  "workflow.template_used": "made {} from a template",
  "workflow.updated": "changed {}",
  "workflow.organized": "moved or renamed {}",
  "workflow.settings_changed": "changed how {} runs",
  "workflow.enabled": "switched {} on",
  "workflow.disabled": "switched {} off",
  "workflow.published": "published {}",
  "workflow.rolled_back": "rolled {} back",
  "workflow.retired": "retired {}",
  "workflow.archived": "moved {} to the trash",
  "workflow.restored": "took {} out of the trash",
  "workflow.deleted": "deleted {} for good",
  "workflow.runs_deleted": "deleted old runs of {}",
  "workflow.exported": "exported {}",
  "workflow.tested": "tested {}",
  "workflow.sample_saved": "saved a sample for tests of {}",
  "workflow.sample_deleted": "deleted a sample for tests of {}",
  "workflow.step_pinned": "pinned a step of {} for tests",
  "workflow.step_unpinned": "unpinned a step of {} for tests",
  "workflow.draft_started": "began a draft of {}",
  "workflow.draft_discarded": "discarded the draft of {}",
  "workflow.draft_restored": "made an earlier version of {} the draft",
  "workflow.review_switched_on": "asked for a second person before {} is published",
  "workflow.review_switched_off": "let one person alone publish {}",
  "workflow.review_requested": "asked to publish changes of {}",
  "workflow.review_approved": "agreed to changes of {}",
  "workflow.review_rejected": "turned down changes of {}",
  "workflow.review_withdrawn": "withdrew changes of {}",
  "trigger.address_replaced": "replaced the webhook address of {}",
  "webhook.secret_set": "set the webhook secret of {}",
  "webhook.secret_removed": "removed the webhook secret of {}",
  "webhook.secret_change_asked": "asked to change the webhook secret of {}",
  "webhook.secret_change_withdrawn": "withdrew a change of the webhook secret of {}",
  "webhook.secret_change_rejected": "turned down a change of the webhook secret of {}",
  "webhook.test_sent": "sent a test call to {}",
  "webhook.redriven": "sent a refused call to {} again",
  "connection.created": "connected {}",
  "connection.updated": "changed {}",
  "connection.deleted": "deleted {}",
  "connection.tested": "tested {}",
  "webhook_subscription.created": "subscribed {} to what happens here",
  "webhook_subscription.updated": "changed what {} is told",
  "webhook_subscription.secret_rotated": "replaced the secret of {}",
  "webhook_subscription.tested": "sent a test to {}",
  "webhook_subscription.disabled": "stopped telling {}",
  "webhook_subscription.deleted": "ended the subscription of {}",
  "delivery.redelivered": "sent {} again",
  "event.sent": "sent {}",
  "event.redriven": "sent {} again",
  "contact.created": "added {}",
  "contact.changed": "changed {}",
  "conversation.created": "opened {}",
  "conversation.replied": "replied in {}",
  "conversation.noted": "left a note for colleagues in {}",
  "conversation.claimed": "took {}",
  "conversation.released": "let {} go",
  "conversation.closed": "closed {}",
  "conversation.reopened": "opened {} again",
  "canned_answer.saved": "saved {}",
  "canned_answer.deleted": "deleted {}",
  "conversation.link_rotated": "replaced the customer's link to {}",
  "person.signed_in": "signed in",
  "person.signed_out": "signed out",
  "person.sign_in_failed": "refused a sign-in as {}",
  "absence.set": "said when {} is away",
  "absence.ended": "ended the absence of {}",
  "member_group.calendar_changed": "gave {} other working hours",
  "calendar.created": "made {}",
  "calendar.changed": "changed the working hours of {}",
  "calendar.removed": "removed {}",
  "approver_rule.created": "made {}",
  "approver_rule.saved": "changed the draft of {}",
  "approver_rule.restored": "took an earlier version of {} as its draft",
  "approver_rule.published": "had {} decide who approves",
  "approver_rule.removed": "removed {}",
  "member.changed": "changed the roles and teams of {}",
  "member_group.created": "made {}",
  "member_group.renamed": "renamed {}",
  "member_group.removed": "removed {}",
  "session.ended": "ended a sign-in",
  "session.all_ended": "signed {} out everywhere",
  "password.changed": "changed their password",
  "api_key.created": "made {}",
  "api_key.revoked": "revoked {}",
  "access.refused": "was refused something they may not do",
  "legal_hold.placed": "put {} on hold, so that nothing of it is deleted",
  "legal_hold.lifted": "lifted the hold on {}",
  "audit.exported": "exported lines of this log",
  "evidence.exported": "downloaded the evidence of {}",
  "evidence.period_exported": "downloaded the evidence of a time range",
  "audit.verified": "checked the seals of this log",
  "organization.minimum_retention_changed": "changed how long runs of {} are kept at least",
};

const nouns: Readonly<Record<string, string>> = {
  approval: "approval",
  form: "form",
  handoff: "handover",
  callback: "wait for an answer",
  run: "run",
  workflow: "workflow",
  connection: "connection",
  webhook_subscription: "webhook subscription",
  delivery: "delivery",
  event: "event",
  contact: "contact",
  conversation: "conversation",
  canned_answer: "ready answer",
  user: "person",
  unknown_account: "unknown address",
  business_role: "business role",
  approver_rule: "table of approver rules",
  calendar: "working calendar",
  business_team: "team",
  session: "sign-in",
  api_key: "API key",
  access: "refused access",
  organization: "organization",
  audit: "activity log",
};

/** Every action that has words, in the order in which they are offered. */
export const auditActions: readonly string[] = Object.keys(sentences);

/** Every kind of thing that a line is about. */
export const auditSubjects: readonly string[] = Object.keys(nouns);

/** An action without words of its own is shown by its name. */
export function auditWords(action: string): AuditWords {
  const sentence = sentences[action] ?? `did “${action}” to {}`;
  const [before = "", after] = sentence.split("{}");
  return { before: before.trim(), after: after ?? null };
}

/** "approval", "API key". */
export function auditNoun(subjectType: string): string {
  return nouns[subjectType] ?? subjectType.replaceAll("_", " ");
}

/** The action by itself, for a list to choose from: "Approved an approval". */
export function auditChoice(action: string): string {
  const { before, after } = auditWords(action);
  const text = after === null ? before : `${before} …${after}`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** How somebody acted, and how it was proven who they are; null for what the product did by itself. */
export function auditWay(via: string, auth: string | null): string | null {
  if (auth === "system" || via === "system") return null;
  return ways[auth ?? ""] ?? ways[via] ?? null;
}

const ways: Readonly<Record<string, string>> = {
  session: "signed in",
  fresh_session: "signed in, password given again",
  api_key: "over the API",
  link: "by a link",
  signature: "by a signed call",
  api: "over the API",
  ui: "signed in",
};
