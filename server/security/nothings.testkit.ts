import { newId, showId, type IdKind } from "@/core/ids";
import type { OwnThings } from "./own-things.testkit";

const missing = (kind: IdKind): string => showId(kind, newId());

/** The same places, filled with what nobody has. Of the same form, so that only belonging differs. */
export function nothings(): OwnThings {
  return {
    slug: "nobodys",
    workflowId: newId(),
    runId: missing("run"),
    approvalId: newId(),
    fileId: newId(),
    formId: newId(),
    handoffId: newId(),
    connection: "nobodys",
    contactId: missing("contact"),
    conversationId: missing("conversation"),
    cannedId: newId(),
    subscriptionId: newId(),
    keyId: newId(),
    eventId: missing("event"),
    absenceId: newId(),
    ruleKey: "nobodys",
    calendar: "nobodys",
    teamId: newId(),
    holdId: newId(),
    sessionId: newId(),
    memberId: newId(),
  };
}
