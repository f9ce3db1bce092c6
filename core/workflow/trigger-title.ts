import type { Trigger } from "./document";
import type { TriggerDefinitions } from "./trigger-definition";
import { triggerOf } from "./trigger-lookup";

type Titled = Pick<Trigger, "id" | "type" | "label" | "signature" | "deliveryId">;

/** What a trigger is called among the others: its label, or its kind with its sender and the name it has in the document. */
export function triggerTitle(trigger: Titled, among: readonly Titled[], definitions: TriggerDefinitions): string {
  const own = named(trigger, definitions);
  const hasTwin = among.some((other) => other.id !== trigger.id && named(other, definitions) === own);
  return hasTwin ? `${own} · ${trigger.id}` : own;
}

function named(trigger: Titled, definitions: TriggerDefinitions): string {
  const { id, type, label } = trigger;
  if (label !== undefined) return label;
  const definition = triggerOf(trigger, definitions);
  const title = definition?.title ?? type;
  const sender = definition?.sender?.(trigger);
  const kind = sender === undefined ? title : `${sender} ${title.toLowerCase()}`;
  if (id === type) return kind;
  const number = id.startsWith(`${type}_`) ? /^\d+$/.exec(id.slice(type.length + 1))?.[0] : undefined;
  return number === undefined ? `${kind} · ${id}` : `${kind} ${number}`;
}
