import type { Trigger } from "./document";
import type { TriggerDefinition, TriggerDefinitions } from "./trigger-definition";

type Typed = Pick<Trigger, "type">;

/** What the type of a trigger is; undefined: there is no such type. */
export function triggerOf({ type }: Typed, definitions: TriggerDefinitions): TriggerDefinition | undefined {
  return Object.hasOwn(definitions, type) ? definitions[type] : undefined;
}

/** The types that people are offered, in the order of the menu. */
export function triggerMenu(definitions: TriggerDefinitions): TriggerDefinition[] {
  return Object.values(definitions)
    .filter(({ menuPlace }) => menuPlace !== undefined)
    .sort((a, b) => (a.menuPlace ?? 0) - (b.menuPlace ?? 0));
}

/** What it is in one sentence. */
export function triggerSentence(trigger: Trigger, definitions: TriggerDefinitions): string {
  return triggerOf(trigger, definitions)?.sentence(trigger) ?? "";
}

/** Where it is reached from outside; null: it has no address. */
export function addressPathOf(trigger: Typed, definitions: TriggerDefinitions): string | null {
  return triggerOf(trigger, definitions)?.addressPath ?? null;
}

/** The event that sets it off; null: none does. */
export function eventNameOf(trigger: Trigger, definitions: TriggerDefinitions): string | null {
  return triggerOf(trigger, definitions)?.listensTo?.(trigger) ?? null;
}

/** When it starts by itself after `after` (ms); none: something else starts it. */
export function nextTimesOf(trigger: Trigger, after: number, count: number, definitions: TriggerDefinitions): number[] {
  return triggerOf(trigger, definitions)?.nextTimes?.(trigger, after, count) ?? [];
}

/** Whether callers prove who they are with a secret that it keeps. */
export function keepsSecret(trigger: Typed, definitions: TriggerDefinitions): boolean {
  return triggerOf(trigger, definitions)?.hasSecret ?? false;
}

/** Whether runs may have a conversation with a customer; `triggers` is null where the document does not say what starts them. */
export function mayTalk(triggers: readonly Trigger[] | null, definitions: TriggerDefinitions): boolean {
  return triggers === null || triggers.some((trigger) => triggerOf(trigger, definitions)?.mayTalk ?? false);
}
