import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { plainProblem } from "@/core/plain-problem";
import type { Issue, Trigger } from "./document";
import { isJsonObject, ownField } from "@/core/json-guard";
import { milliseconds, timeRanges } from "./milliseconds";
import { suggestion } from "@/core/nearest";
import { answerForms, deliveryIdPresets, signatureSchemes, webhookMethods } from "./trigger-words";

export const triggerTypes = ["api", "manual", "webhook", "schedule", "event", "form", "conversation"] as const;

/** What starts a workflow. Unknown fields stay. */
export const triggerSchema = z.looseObject({
  id: z.string().min(1).max(100),
  type: z.enum(triggerTypes),
  label: z.string().optional().describe("What the run card shows, e.g. Customer request"),
  input: z.record(z.string(), z.json()).optional().describe("Templates over what arrived, giving the workflow's input"),
  event: z.string().optional(),
  filter: z.union([z.string(), z.record(z.string(), z.json())]).optional(),
  cron: z.string().optional(),
  timezone: z.string().optional(),
  missed: z.enum(["last", "all", "none"]).optional(),
  overlap: z.enum(["allow", "skip", "queue"]).optional(),
  respond: z.enum(["accepted", "output"]).optional(),
  respondTimeoutMs: milliseconds(timeRanges.respond).optional(),
  methods: z
    .array(z.enum(webhookMethods))
    .min(1)
    .optional()
    .describe("Methods that start a run; POST alone when nothing is said"),
  callers: z
    .enum(["signed", "anyone"])
    .optional()
    .describe(
      "signed: calls are refused while the trigger has no secret; anyone: whoever has the address may call. When nothing is said: signed once it has had a secret",
    ),
  signature: z
    .enum(signatureSchemes)
    .optional()
    .describe("How the sender signs. Named: calls are refused while the trigger has no secret"),
  deliveryId: z
    .union([
      z.enum(deliveryIdPresets),
      z.strictObject({
        header: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/)
          .max(100),
      }),
      z.strictObject({ expression: z.string().min(1).max(10_000) }),
    ])
    .optional()
    .describe("Where the id of a delivery comes from: the same id starts one run"),
  verification: z
    .enum(["auto", "off"])
    .optional()
    .describe("auto: a sender's check of the address is answered, and starts nothing"),
  verifyToken: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe("What a sender's check by GET must bring as its verify token"),
  answer: z.enum(answerForms).optional().describe("Form of the answer: JSON, plain text or nothing"),
  answerText: z.string().max(2000).optional().describe("Of a plain text answer that does not wait for the output"),
  answerStatus: z
    .int()
    .min(200)
    .max(299)
    .optional()
    .describe("Status of an answer that does not wait for the output; 202 otherwise"),
  failedStatus: z
    .int()
    .min(200)
    .max(599)
    .optional()
    .describe("Status of the answer for a run that failed or was cancelled; 500 otherwise"),
});

/** Reads `triggers`, or `triggerType` with `triggerSpec`. Null: the document says nothing, so the default applies. */
export function importTriggers(raw: JsonObject, issues: Issue[]): Trigger[] | null {
  const triggers = ownField(raw, "triggers");
  if (Array.isArray(triggers))
    return named(
      triggers.flatMap((trigger, position) => importTrigger(trigger, `triggers[${position}]`, issues) ?? []),
    );
  if (triggers !== undefined && triggers !== null) {
    issues.push({ code: "invalid_shape", severity: "error", path: "triggers", message: "Triggers are a list." });
    return null;
  }
  const type = ownField(raw, "triggerType");
  if (type === undefined || type === null) return null;
  const fields = ownField(raw, "triggerSpec");
  if (fields !== undefined && fields !== null && !isJsonObject(fields)) {
    issues.push({
      code: "invalid_shape",
      severity: "error",
      path: "triggerSpec",
      message: "triggerSpec is an object or null.",
    });
    return null;
  }
  const trigger = importTrigger({ ...fields, type }, "triggerType", issues);
  return trigger === null ? null : named([trigger]);
}

/** The first trigger, as documents with a single one show it. */
export function triggerView(triggers: readonly Trigger[] | null): {
  triggerType: string | null;
  triggerSpec: JsonObject | null;
} {
  const [first] = triggers ?? [];
  if (first === undefined) return { triggerType: null, triggerSpec: null };
  const { id, type, ...fields } = first;
  // Every field of a trigger came from JSON; its type leaves them open.
  const rest = (id === type ? fields : { id, ...fields }) as JsonObject;
  return { triggerType: type, triggerSpec: Object.keys(rest).length === 0 ? null : rest };
}

/** A trigger that may still lack its id. */
interface Unnamed {
  id?: string;
  type: Trigger["type"];
  [field: string]: unknown;
}

function importTrigger(raw: Json, path: string, issues: Issue[]): Unnamed | null {
  const wrong = (at: string, message: string): null => {
    issues.push({ code: "invalid_shape", severity: "error", path: at, message });
    return null;
  };
  if (!isJsonObject(raw)) return wrong(path, "A trigger is an object with a type.");
  const type = ownField(raw, "type");
  if (typeof type !== "string")
    return wrong(`${path}.type`, `The trigger has no type. Choose one of ${triggerTypes.join(", ")}.`);
  const known = triggerTypes.find((candidate) => candidate === type.toLowerCase());
  if (known === undefined)
    return wrong(
      path === "triggerType" ? path : `${path}.type`,
      `"${type.slice(0, 100)}" is not a type of trigger.${suggestion(type, triggerTypes)} Choose one of ${triggerTypes.join(", ")}.`,
    );
  const fields = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
  const parsed = triggerSchema.partial({ id: true }).safeParse({ ...fields, type: known }, { error: plainProblem });
  const [problem] = parsed.error?.issues ?? [];
  if (problem !== undefined)
    return wrong(
      `${path}.${problem.path.map(String).join(".")}`,
      `"${problem.path.map(String).join(".")}" of the trigger is not right. ${problem.message}`,
    );
  return { ...fields, type: known };
}

/** Triggers without an id get the name of their type, numbered where there are several. */
function named(triggers: readonly Unnamed[]): Trigger[] {
  const used = new Set(triggers.flatMap(({ id }) => id ?? []));
  return triggers.map((trigger) => {
    if (trigger.id !== undefined) return { ...trigger, id: trigger.id };
    let id: string = trigger.type;
    for (let number = 2; used.has(id); number += 1) id = `${trigger.type}_${number}`;
    used.add(id);
    return { ...trigger, id };
  });
}
