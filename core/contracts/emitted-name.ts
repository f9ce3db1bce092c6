import { eventNameFault, testEvent } from "@/core/event-name";
import { lifecycleEvents } from "./webhook-events";

const own: ReadonlySet<string> = new Set([...lifecycleEvents, testEvent]);
/** Whatever begins like this is the product's own, also what it does not send yet. */
const ownBeginning = /^(?:run|approval)\./i;

/**
 * Why a workflow may not emit an event of this name; null when it may. What the product itself tells subscribers is signed with the
 * same secret, so of the same name it would be a forgery that nobody can tell from the truth.
 */
export function emittedNameFault(name: string): string | null {
  const fault = eventNameFault(name, "order.created");
  if (fault !== null) return fault;
  return own.has(name.toLowerCase()) || ownBeginning.test(name)
    ? `Events named "${name}" are told by Holdpoint itself, so no workflow may send one. Give the event a name of your own, such as order.created.`
    : null;
}
