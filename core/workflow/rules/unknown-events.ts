import { isMisspelling } from "@/core/nearest";
import { eventNameOf } from "@/core/workflow/trigger-lookup";
import type { Rule } from "./rule";

/** What the product itself tells event triggers; `customer.created` is another name of `contact.created`. */
const ownEvents = ["contact.created", "customer.created", "conversation.opened", "conversation.message"] as const;

/** One slip of the finger, two in a long name: `order.paid` and `order.void` are different events. */
const lettersPerSlip = 8;

/** `unknown_event`: a trigger listens to a name that never came and is one slip away from another that is known. */
export const unknownEvent: Rule = (_index, { triggers, triggerDefinitions, events }) => {
  const came = new Set([...ownEvents, ...(events?.received ?? [])]);
  const known = [...came, ...(events?.awaited ?? [])];
  return (triggers ?? []).flatMap((trigger, position) => {
    const event = eventNameOf(trigger, triggerDefinitions);
    if (event === null || came.has(event)) return [];
    const meant = known.find((name) => name !== event && isMisspelling(event, name, lettersPerSlip));
    return meant === undefined
      ? []
      : [
          {
            code: "unknown_event",
            severity: "warning" as const,
            path: `triggers[${String(position)}].event`,
            message: `No event "${event}" has come yet. Did you mean "${meant}"?`,
          },
        ];
  });
};
