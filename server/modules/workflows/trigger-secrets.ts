import { triggerSecretSchema } from "@/core/contracts/trigger-rest";
import { AppError } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { Trigger } from "@/core/workflow/document";
import { keepsSecret } from "@/core/workflow/trigger-lookup";
import { triggerDefinitions } from "@/triggers/definitions";

/** Trigger id → the secret. */
export type TriggerSecrets = ReadonlyMap<string, string>;

/** What only we write into a trigger that is shown. */
const shownOnly = ["url", "hasSecret"];

/**
 * Takes the webhook secrets out of a workflow document, before anything keeps it. What had one, here or where the document
 * comes from, is marked as signed: a secret that is lost on the way closes the address instead of opening it.
 */
export function takeSecrets(raw: JsonObject): {
  cleaned: JsonObject;
  secretsOf(triggers: readonly Trigger[]): TriggerSecrets;
} {
  const { triggers, triggerSpec, triggerType } = raw;
  const list = Array.isArray(triggers) ? triggers.map((trigger) => clean(trigger)) : null;
  const single = list === null && isJsonObject(triggerSpec) ? clean(triggerSpec, triggerType) : null;
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
          return keepsSecret(trigger, triggerDefinitions) && secret !== undefined && secret !== ""
            ? [[trigger.id, secret]]
            : [];
        }),
      ),
  };
}

/** For documents that are handed around: what had a secret says that it needs one, and no more. */
export function withoutSecrets(raw: JsonObject): JsonObject {
  return takeSecrets(raw).cleaned;
}

/** Something that is no secret is refused, not dropped: an address that was meant to be closed would stand open. */
export function refuseBadSecrets({ triggers, triggerSpec }: JsonObject): void {
  const list = Array.isArray(triggers) ? triggers : [triggerSpec];
  const bad = list.findIndex(
    (trigger) => isJsonObject(trigger) && !triggerSecretSchema.optional().safeParse(trigger["secret"]).success,
  );
  if (bad < 0) return;
  const message =
    "The secret of a webhook is a text of 8 to 500 characters. Give one, or leave the field out and set it at the trigger.";
  const path = Array.isArray(triggers) ? `triggers[${String(bad)}].secret` : "triggerSpec.secret";
  throw new AppError("validation_failed", message, [{ code: "invalid_secret", severity: "error", path, message }]);
}

/** A document changes what a workflow is; who may call it is changed by an act of its own, which is on record. */
export function refuseSecrets({ triggers, triggerSpec }: JsonObject): void {
  const given = (Array.isArray(triggers) ? triggers : [triggerSpec]).findIndex(
    (trigger) => isJsonObject(trigger) && trigger["secret"] !== undefined,
  );
  if (given < 0) return;
  const message =
    "A document cannot set, change or clear the secret of a webhook. Do it in the Triggers tab of the workflow, or at its address for secrets.";
  const path = Array.isArray(triggers) ? `triggers[${String(given)}].secret` : "triggerSpec.secret";
  throw new AppError("validation_failed", message, [{ code: "secret_in_document", severity: "error", path, message }]);
}

function clean(trigger: Json, ofType?: Json): { rest: Json; secret: string | undefined } {
  if (!isJsonObject(trigger)) return { rest: trigger, secret: undefined };
  const { secret, hasSecret, type = ofType } = trigger;
  const rest = Object.fromEntries(
    Object.entries(trigger).filter(([key]) => key !== "secret" && !shownOnly.includes(key)),
  );
  const hasOwn = typeof type === "string" && keepsSecret({ type: type.toLowerCase() }, triggerDefinitions);
  // Whatever stood there as a secret, the author meant that callers prove themselves.
  const isProven = hasSecret === true || (secret !== undefined && secret !== null);
  return {
    rest: hasOwn && isProven && (rest["callers"] ?? null) === null ? { ...rest, callers: "signed" } : rest,
    secret: typeof secret === "string" ? secret : undefined,
  };
}
