import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/spec/document";

/** Trigger id → the secret; an empty text takes it away. */
export type TriggerSecrets = ReadonlyMap<string, string>;

/** What only we write into a trigger that is shown. */
const shownOnly = ["url", "hasSecret"];

/** Takes the webhook secrets out of a workflow document, before anything keeps it. */
export function takeSecrets(raw: JsonObject): {
  cleaned: JsonObject;
  secretsOf(triggers: readonly Trigger[]): TriggerSecrets;
} {
  const { triggers, triggerSpec } = raw;
  const list = Array.isArray(triggers) ? triggers.map(clean) : null;
  const single = list === null && isObject(triggerSpec) ? clean(triggerSpec) : null;
  const found = (list ?? (single ? [single] : [])).map(({ secret }) => secret);
  return {
    cleaned: {
      ...raw,
      ...(list ? { triggers: list.map(({ rest }) => rest) } : {}),
      ...(single ? { triggerSpec: single.rest } : {}),
    },
    // By position: triggers may get their ids only now.
    secretsOf: (named) =>
      new Map(
        named.flatMap((trigger, index): [string, string][] => {
          const secret = found[index];
          return trigger.type === "webhook" && secret !== undefined ? [[trigger.id, secret]] : [];
        }),
      ),
  };
}

function clean(trigger: Json): { rest: Json; secret: string | undefined } {
  if (!isObject(trigger)) return { rest: trigger, secret: undefined };
  const rest = Object.fromEntries(
    Object.entries(trigger).filter(([key]) => key !== "secret" && !shownOnly.includes(key)),
  );
  return { rest, secret: typeof trigger["secret"] === "string" ? trigger["secret"] : undefined };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
