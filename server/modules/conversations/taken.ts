import type { MessageOutcome } from "@/core/contracts/conversation-rest";
import type { OrganizationId } from "@/server/db/tenant";
import { findOutcomes, type EventResult } from "@/server/modules/events/service";
import type { MessageRow } from "./repository";

/** The event by which workflows hear of a customer's message; the message's id is the event's. */
export const messageEvent = "conversation.message";

const forNobody =
  "No workflow takes it: either none that is live listens to customers' messages, or the filters of those that do leave it out.";

/** What became of the customer's messages, by their ids; a message that nothing is known of any more is not there. */
export async function messageOutcomes(
  organizationId: OrganizationId,
  messages: readonly Pick<MessageRow, "id" | "author">[],
): Promise<ReadonlyMap<string, MessageOutcome>> {
  const ids = messages.filter(({ author }) => author === "contact").map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const outcomes = await findOutcomes(organizationId, messageEvent, ids);
  return new Map(outcomes.map(({ id, externalId, results }) => [externalId, { event_id: id, ...outcomeOf(results) }]));
}

function outcomeOf(results: readonly EventResult[] | null): Omit<MessageOutcome, "event_id"> {
  if (results === null) return { status: "pending", run_ids: [], reasons: [] };
  const runIds = results.flatMap((result) => ("runId" in result ? [result.runId] : []));
  const reasons = results.flatMap((result) => {
    if ("refused" in result) return [`${result.workflow}: ${result.refused.message}`];
    return "unclear" in result ? [`${result.workflow}: its filter could not be worked out. ${result.unclear}`] : [];
  });
  if (runIds.length > 0) return { status: "started", run_ids: runIds, reasons };
  return { status: "not_taken", run_ids: [], reasons: reasons.length === 0 ? [forNobody] : reasons };
}

/**
 * Whether the customer waits for something that nothing here will do: the last word is theirs, no workflow took it, and no person
 * is in the conversation.
 */
export async function isLeftAlone(
  organizationId: OrganizationId,
  messages: readonly Pick<MessageRow, "id" | "author">[],
  openKinds: readonly string[],
): Promise<boolean> {
  const last = messages.at(-1);
  if (last?.author !== "contact" || openKinds.includes("handoff")) return false;
  const outcome = (await messageOutcomes(organizationId, [last])).get(last.id);
  return outcome?.status === "not_taken";
}
