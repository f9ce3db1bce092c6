import type { CapturedMessage } from "@/core/contracts/conversation";
import type { UserActor } from "@/server/db/tenant";
import { noteFormsShown } from "@/server/modules/runs/service";
import { formRunsIn, hideTokens } from "@/server/token-words";

/**
 * Messages as whoever they were sent to reads them: with the addresses of forms, which are for people. Whoever is shown one may have
 * answered in their place. Addresses for other systems stay hidden.
 */
export async function shownMessages(
  actor: UserActor,
  messages: readonly CapturedMessage[],
): Promise<CapturedMessage[]> {
  const shown = new Set(messages.flatMap(({ subject, body }) => formRunsIn(`${subject ?? ""}\n${body}`)));
  if (shown.size > 0) await noteFormsShown(actor.organizationId, [...shown], actor.userId);
  const without = (text: string) => hideTokens(text, ["callback"]);
  return messages.map((message) => ({
    ...message,
    address: without(message.address),
    subject: message.subject === null ? null : without(message.subject),
    body: without(message.body),
  }));
}
